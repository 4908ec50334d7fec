package compare

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Steps are the calls that code has made in one replay. They can be compared with the Steps of
// another replay of the same code.
type Steps struct {
	calls []*Call
	// faults are how many calls there were whenever a converter gave an error.
	faults    []int
	converter payload.Decoder
}

// StepsOf returns the steps of the replay.
func StepsOf(t *trace.Trace) *Steps {
	s := &Steps{calls: callsOf(t), faults: t.Faults, converter: t.Decoder}
	s.sort()
	return s
}

// Call returns the call at the index. It returns nil if the code has made no such call, or if the
// SDK may have been taking the workflow down during the call.
func (s *Steps) Call(index int) *Call {
	if index >= len(s.calls) {
		return nil
	}
	return s.calls[index].regular()
}

// sort gives an order of its own to what follows each other and makes no command: the
// handlers that the code sets, which a range over a map may do, and the signals that it
// was found to have taken, see Recorder.poll.
func (s *Steps) sort() {
	ordered := func(c *Call) bool {
		return c.Kind == trace.QueryHandler || c.Kind == trace.UpdateHandler || c.Kind == trace.Signal
	}
	for i := 0; i < len(s.calls); i++ {
		from := i
		for i < len(s.calls) && ordered(s.calls[i]) {
			i++
		}
		slices.SortStableFunc(s.calls[from:i],
			func(a, b *Call) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name)) })
	}
}

// SameFaults reports whether the converters gave their errors at the same places.
func (s *Steps) SameFaults(other *Steps) bool { return slices.Equal(s.faults, other.faults) }
