package compare

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Reached are the lines where the code is at the end of the replay, the innermost first: those of its last
// call, or of what it has asked for after that, such as the channel of a signal.
func (s *SideBySide) Reached() []trace.Line {
	calls := s.Calls
	for len(calls) > 0 && (calls[len(calls)-1].Kind == trace.Ending || len(calls[len(calls)-1].Lines()) == 0) {
		calls = calls[:len(calls)-1]
	}
	asks := slices.DeleteFunc(slices.Clone(s.awaits), func(a trace.Await) bool { return a.Kind == trace.Starting })
	if n := len(asks); n > 0 && asks[n-1].Before >= len(calls) {
		return asks[n-1].Lines()
	}
	if len(calls) == 0 {
		return nil
	}
	return calls[len(calls)-1].Lines()
}
