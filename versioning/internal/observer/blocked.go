package observer

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Blocked returns the line at which the deadlocked coroutine is still blocked. Blocked looks for
// this coroutine among all goroutines. The other coroutines of the workflow wait in the SDK for
// their turn.
func (o *Observer) Blocked() trace.Line {
	var goroutines []string
	o.note(func(o *Observer) { goroutines = slices.Clone(o.goroutines) })
	if lines := trace.BlockedLines(goroutines, false); len(lines) > 0 {
		return lines[0]
	}
	return trace.Line{}
}
