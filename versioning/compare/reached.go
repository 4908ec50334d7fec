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
	for _, await := range slices.Backward(s.awaits) {
		if await.Before < len(calls) {
			break
		}
		if await.Kind == trace.Asking {
			return await.Lines()
		}
	}
	if len(calls) == 0 {
		return nil
	}
	return calls[len(calls)-1].Lines()
}
