// Package compare puts the calls of workflow code beside the events that their commands made,
// and says what differs.
//
//	side := compare.Align(recorder.Trace(), events, err == nil)
//	differences, same := side.Compare(compare.Comparison{Level: compare.Values})
//
// The SDK's own check compares little more than the kinds of commands and events. A Call holds what
// its event would say if this code had made the event. So arguments, durations and options can be
// compared too. The package does not judge the differences. Package replay does.
package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// SideBySide is what the code did in one replay, beside the history.
type SideBySide struct {
	// Calls are in the order in which the code made them.
	Calls []*Call
	// Unexplained are the events that commands made and that no call explains. They are in the
	// order of the history.
	Unexplained []*historypb.HistoryEvent
	// Events are the events of the history.
	Events []*historypb.HistoryEvent

	// asks are where the code asks for something to come.
	awaits []trace.Await

	index     *index
	converter payload.Decoder
	// canceled are the timers and activities whose cancellation the SDK has logged.
	canceled map[string]bool
	// cancels are those cancellations in order, with their places.
	cancels []trace.Cancel
	// made is the number of calls that make commands of a type in a task, of a replay
	// that the SDK has rejected.
	made map[taskAndType]int
	// accepted is whether the SDK has found nothing wrong.
	accepted bool
}
