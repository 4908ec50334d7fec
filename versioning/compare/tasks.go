package compare

import (
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// A Task is a Workflow Task of the history with what the code did in it.
type Task struct {
	// Started and Completed are the IDs of its WorkflowTaskStarted and
	// WorkflowTaskCompleted event; Completed is 0 if the history ends before.
	Started, Completed int64
	// Events are those that its commands made, in order; what SideBySide.Cancellation
	// knows follows from a cancelled context, and no call makes it.
	Events []*historypb.HistoryEvent
	// Calls are those that the code made in it, in order.
	Calls []*Call
}

// Tasks returns the Workflow Tasks that completed, in order, and a last one in
// which code was replayed that has not.
func (s *SideBySide) Tasks() (tasks []Task) {
	place := map[int64]int{} // by the ID of the WorkflowTaskStarted event
	byCompleted := map[int64]int{}
	for _, e := range s.Events {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			started := e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId()
			place[started], byCompleted[e.GetEventId()] = len(tasks), len(tasks)
			tasks = append(tasks, Task{Started: started, Completed: e.GetEventId()})
		}
	}
	for _, e := range s.index.made {
		if i, ok := byCompleted[s.index.tasks[e]]; ok {
			tasks[i].Events = append(tasks[i].Events, e)
		}
	}
	for task, events := range s.index.canceled {
		if i, ok := byCompleted[task]; ok {
			tasks[i].Events = append(tasks[i].Events, events...)
			slices.SortFunc(tasks[i].Events,
				func(a, b *historypb.HistoryEvent) int { return int(a.GetEventId() - b.GetEventId()) })
		}
	}
	for _, c := range s.Calls {
		i, ok := place[c.Task]
		if !ok {
			i = len(tasks)
			place[c.Task] = i
			tasks = append(tasks, Task{Started: c.Task})
		}
		tasks[i].Calls = append(tasks[i].Calls, c)
	}
	return tasks
}
