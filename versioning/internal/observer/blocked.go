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
	stacks := allStacks()
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if hasAnyPrefix(stack, goroutines) && !strings.Contains(stack, "(*coroutineState).yield(") {
			return trace.FirstLine(stack)
		}
	}
	return trace.Line{}
}

// allStacks are those of all goroutines: a process with many Workers has megabytes of them.
func allStacks() []byte {
	const most = 1 << 28
	for size := 1 << 20; ; size *= 2 {
		stacks := make([]byte, size)
		if n := runtime.Stack(stacks, true); n < size || size >= most {
			return stacks[:n]
		}
	}
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
