package compare

import (
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// A Task is a Workflow Task of the history, with what the code did in it.
type Task struct {
	// Started is the ID of the WorkflowTaskStarted event, and Completed is the ID of the
	// WorkflowTaskCompleted event. Completed is 0 if the history ends before the task completed.
	Started, Completed int64
	// Events are the events that commands of the task made, in order. Some of them follow from a
	// cancelled context, and no call makes them. SideBySide.Cancellation tells which.
	Events []*historypb.HistoryEvent
	// Calls are the calls that the code made in the task, in order.
	Calls []*Call
}

// Tasks returns the completed Workflow Tasks, in order. A Workflow Task that has not completed
// comes last, if code was replayed in it.
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
