package replay

import (
	"slices"
	"sort"

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

// tasks are those of one history, in order.
type tasks []task

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
func completedTasks(history []*historypb.HistoryEvent) (list tasks) {
	for i, e := range history {
		if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		end := i + 1
		for end < len(history) && events.FromCommand(history[end]) {
			end++
		}
		list = append(list, task{
			started:   e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId(),
			completed: e.GetEventId(), end: end, closing: events.ClosedByCode(history[end-1]),
		})
	}
	return list
}

func (ts tasks) indexOf(t task) int {
	return slices.IndexFunc(ts, func(other task) bool { return other.completed == t.completed })
}

// holding returns the index of the task that the event belongs to or follows, -1
// if there is none.
func (ts tasks) holding(event int64) int {
	return sort.Search(len(ts), func(i int) bool { return ts[i].completed > event }) - 1
}
