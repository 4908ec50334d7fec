package replay

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
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
func completedTasks(history []*historypb.HistoryEvent) (tasks []task) {
	for i, e := range history {
		if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		end := i + 1
		for end < len(history) && events.FromCommand(history[end]) {
			end++
		}
		tasks = append(tasks, task{
			started:   e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId(),
			completed: e.GetEventId(), end: end, closing: events.ClosedByCode(history[end-1]),
		})
	}
	return tasks
}
