package replay

import (
	"slices"
	"sort"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// task is a completed workflow task of a history.
type task = events.WorkflowTask

// tasks are those of one history, in order. A replay of the history up to the end of a task compares
// the commands of that task and of all before it. It must end there:
//
//   - What comes next, up to the next WorkflowTaskScheduled, belongs to the next
//     task, and the SDK does handle it: WorkflowExecutionCancelRequested cancels
//     the context at once, which makes commands (cancel the timer…) that no event
//     stands for yet. The code that recorded patching/initial.cancelled.json does
//     not replay its first six events: "extra replay command".
//   - Where a history ends with WorkflowTaskStarted, the SDK takes the execution
//     for one that is just being worked on and compares none of the commands of the
//     last completed task (partialHistory in its internal/internal_task_handlers.go).
type tasks []task

func (ts tasks) indexOf(t task) int {
	return slices.IndexFunc(ts, func(other task) bool { return other.Completed == t.Completed })
}

// holding returns the index of the task that the event belongs to or follows, -1
// if there is none.
func (ts tasks) holding(event int64) int {
	return sort.Search(len(ts), func(i int) bool { return ts[i].Completed > event }) - 1
}
