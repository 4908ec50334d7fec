package replay

import (
	"context"

	historypb "go.temporal.io/api/history/v1"
)

// accepts reports whether a replay of the whole does what the history says: the SDK gives no error, or
// that with which the execution has failed.
func (c *cell) accepts(ctx context.Context, no *rejection) bool {
	return no == nil || c.panicsAgain(ctx, no)
}

// panicsAgain reports whether the recorded execution failed because its code panicked, on
// a Worker whose panic policy is FailWorkflow, and this code panics at the same place with
// the same words: it does what the history says. The replayer's own policy is to block.
func (c *cell) panicsAgain(ctx context.Context, no *rejection) bool {
	last := len(c.tasks) - 1
	failed := failureOfPanic(c.recording.History.GetEvents())
	if failed == "" || !c.tasks[last].Closing || no.verdict != Panic || no.deadlocked() ||
		firstLine(no.Err.Error()) != firstLine(failed) {
		return false
	}
	if last == 0 {
		return true
	}
	// It must not panic before the Workflow Task in which it did.
	before := c.verdictOf(ctx, c.tasks[last-1])
	return before == Safe || before == Drift
}

// failureOfPanic is what the panic said for which the execution failed, "" if it did not
// fail for one: the SDK makes it the cause of a failure of its own (applyWorkflowPanicPolicy
// in internal/internal_task_handlers.go).
func failureOfPanic(events []*historypb.HistoryEvent) string {
	failure := events[len(events)-1].GetWorkflowExecutionFailedEventAttributes().GetFailure()
	if failure.GetCause().GetApplicationFailureInfo().GetType() != "PanicError" {
		return ""
	}
	return failure.GetCause().GetMessage()
}
