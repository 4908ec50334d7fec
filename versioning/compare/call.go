package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// alignment says how a call relates to the events of the history.
type alignment int

const (
	// noEvent is a call that makes no event: it was cancelled before its command
	// was sent, gave an error instead of a command, or is of a kind that makes
	// none.
	noEvent alignment = iota
	// aligned is a call whose event is known for certain.
	aligned
	// notAligned is a call that makes an event, and nothing tells which. Nothing
	// is claimed about it.
	notAligned
)

// A Call is one call that workflow code made to the SDK. It has the kind, name and line of the
// call, and the event that the command of the call made. Calls come from Align and StepsOf. The
// zero Call stands for no call.
type Call struct {
	*trace.Call
	// Event is the event that the command of the call made. Event is nil if there is no such event,
	// or if the event is not known.
	Event *historypb.HistoryEvent

	alignment alignment
	// unset is the number of search attributes that the call unsets and of which
	// nothing tells which they are.
	unset int
	// filledIn is whether Attributes have what the service fills in, and completions
	// are the fields that it has changed.
	filledIn    bool
	completions []completion
}

// NotAligned reports whether the call makes an event but nothing tells which event. Nothing is
// claimed about such a call.
func (c *Call) NotAligned() bool { return c.alignment == notAligned }

// Sends reports whether the call sends a command, as far as that is known.
func (c *Call) Sends() bool {
	switch c.Kind {
	case trace.GetVersion:
		return c.Event != nil // only the first one
	case trace.MutableSideEffect:
		return c.Event != nil || c.Panicked()
	}
	return c.Made && c.alignment != noEvent
}

// inCoroutineOf reports whether both calls are made by one coroutine.
func (c *Call) inCoroutineOf(other *Call) bool { return c.Coroutine == other.Coroutine }

// callsOf returns the calls of the trace, none of them aligned.
func callsOf(t *trace.Trace) []*Call {
	all, calls := make([]Call, len(t.Calls)), make([]*Call, len(t.Calls))
	for i, c := range t.Calls {
		all[i] = Call{Call: c, unset: c.Unset}
		calls[i] = &all[i]
	}
	return calls
}

// regular is the call, nil if it may be one of a workflow that is taken down.
func (c *Call) regular() *Call {
	if c == nil || c.MayBeTakenDown() {
		return nil
	}
	return c
}

// completion is a field that the service fills in or cuts.
type completion struct {
	// path is that of a Difference, after the name of the event.
	path string
	// coded is what the code says, as a Difference has it, empty where it leaves
	// the field open.
	coded string
}
