package observer

import (
	"runtime"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Blocked returns the line at which the deadlocked coroutine is still blocked. Blocked looks for
// this coroutine among all goroutines. The other coroutines of the workflow wait in the SDK for
// their turn.
func (o *Observer) Blocked() trace.Line {
	var goroutines []string
	o.note(func(o *Observer) { goroutines = slices.Clone(o.goroutines) })
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if hasAnyPrefix(stack, goroutines) && !strings.Contains(stack, "(*coroutineState).yield(") {
			return trace.FirstLine(stack)
		}
	}
	return trace.Line{}
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
