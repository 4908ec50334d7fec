package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Alignment says how a call relates to the events of the history.
type Alignment string

// The alignments.
const (
	// Aligned is a call whose event is known for certain.
	Aligned Alignment = "aligned"
	// NoEvent is a call that makes no event: it was cancelled before its command
	// was sent, gave an error instead of a command, or is of a kind that makes
	// none.
	NoEvent Alignment = "no event"
	// NotAligned is a call that makes an event, and nothing tells which. Nothing
	// is claimed about it.
	NotAligned Alignment = "not aligned"
)

// A Call is one call that workflow code made to the SDK, and the event that its command made.
type Call struct {
	*trace.Call
	// Alignment says what is known about its event, and Event is that one, nil
	// where there is none.
	Alignment Alignment
	Event     *historypb.HistoryEvent

	// unset is the number of search attributes that the call unsets and of which
	// nothing tells which they are.
	unset int
	// filledIn is whether Attributes have what the service fills in, and completions
	// are the fields that it has changed.
	filledIn    bool
	completions []completion
}

// Sends reports whether the call sends a command, as far as that is known.
func (c *Call) Sends() bool {
	switch c.Kind {
	case trace.GetVersion:
		return c.Event != nil // only the first one
	case trace.MutableSideEffect:
		return c.Event != nil || c.Panicked()
	}
	return c.Made && c.Alignment != NoEvent
}

// callsOf returns the calls of the trace, none of them aligned.
func callsOf(t *trace.Trace) []*Call {
	all, calls := make([]Call, len(t.Calls)), make([]*Call, len(t.Calls))
	for i, c := range t.Calls {
		all[i] = Call{Call: c, unset: c.Unset}
		calls[i] = &all[i]
	}
	return calls
}
