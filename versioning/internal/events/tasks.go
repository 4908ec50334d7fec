package events

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// A WorkflowTask is a Workflow Task that a Worker has completed.
type WorkflowTask struct {
	// Started and Completed are the IDs of its WorkflowTaskStarted and WorkflowTaskCompleted event.
	Started, Completed int64
	// End is the number of events up to the last one that its commands made.
	End int
	// Closing is whether one of them closed the execution.
	Closing bool
}

// CompletedTasks returns the Workflow Tasks that Workers have completed, in order. One that failed
// or timed out made no command. The events of a task's commands follow WorkflowTaskCompleted
// without a gap: the service writes what it has buffered meanwhile after them.
func CompletedTasks(history []*historypb.HistoryEvent) (list []WorkflowTask) {
	for i, e := range history {
		if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		end := i + 1
		for end < len(history) && FromCommand(history[end]) {
			end++
		}
		list = append(list, WorkflowTask{
			Started:   e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId(),
			Completed: e.GetEventId(), End: end, Closing: ClosedByCode(history[end-1]),
		})
	}
	return list
}
