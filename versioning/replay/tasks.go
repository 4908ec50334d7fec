package replay

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// task is a completed workflow task of a history.
type task struct {
	// started and completed are the IDs of its WorkflowTaskStarted and
	// WorkflowTaskCompleted event.
	started, completed int64
	// end is the number of events up to the last one that its commands made.
	end int
	// closing is whether one of them closed the execution.
	closing bool
}

// completedTasks returns the tasks of the history. One that failed or timed out
// made no command.
//
// A replay of the history up to the end of a task compares the commands of that
// task and of all before it. It must end there:
//
//   - What comes next, up to the next WorkflowTaskScheduled, belongs to the next
//     task, and the SDK does handle it: WorkflowExecutionCancelRequested cancels
//     the context at once, which makes commands (cancel the timer…) that no event
//     stands for yet. The code that recorded patching/initial.cancelled.json does
//     not replay its first six events: "extra replay command".
//   - Where a history ends with WorkflowTaskStarted, the SDK takes the execution
//     for one that is just being worked on and compares none of the commands of the
//     last completed task (partialHistory in its internal/internal_task_handlers.go).
//   - The events of a task's commands follow WorkflowTaskCompleted without a gap:
//     the service writes what it has buffered meanwhile after them.
func completedTasks(events []*historypb.HistoryEvent) (tasks []task) {
	for i, e := range events {
		if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		end := i + 1
		for end < len(events) && madeByCommand(events[end]) {
			end++
		}
		tasks = append(tasks, task{
			started:   e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId(),
			completed: e.GetEventId(), end: end, closing: endedByCode(events[end-1]),
		})
	}
	return tasks
}

// madeByCommand is isCommandEvent of the SDK's internal/internal_task_handlers.go.
func madeByCommand(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
		enumspb.EVENT_TYPE_TIMER_STARTED, enumspb.EVENT_TYPE_TIMER_CANCELED,
		enumspb.EVENT_TYPE_MARKER_RECORDED,
		enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED, enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:
		return true
	}
	return endedByCode(e)
}

// closes reports an event in which the code ends the execution. One that is
// terminated or has timed out waited until then.
func closes(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		return true
	}
	return false
}
