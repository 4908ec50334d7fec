// Package compare puts the calls of workflow code beside the events that their commands made,
// and says what differs.
//
//	side := compare.Align(recorder.Trace(), events, err == nil)
//	differences, same := side.Compare(compare.Comparison{Level: compare.Values})
//
// The SDK's own check compares commands and events by little more than their
// kind. A call holds what its event would say if this code had made it, so
// that arguments, durations and options can be compared too. The package judges
// nothing: package replay does.
package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// SideBySide is what the code did in one replay, beside the history.
type SideBySide struct {
	// Calls are in the order in which the code made them.
	Calls []*Call
	// Unexplained are events that commands made and that no call explains, in the
	// order of the history.
	Unexplained []*historypb.HistoryEvent
	// Events are those of the history.
	Events []*historypb.HistoryEvent

	index     *index
	converter payload.Decoder
	// canceled are the timers and activities whose cancellation the SDK has logged.
	canceled map[string]bool
	// made is the number of calls that make commands of a type in a task, of a replay
	// that the SDK has rejected.
	made map[taskAndType]int
	// accepted is whether the SDK has found nothing wrong.
	accepted bool
}
