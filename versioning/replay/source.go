package replay

import (
	"runtime"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// source returns the line of workflow code that the error is about, the zero Line if
// it is about none or it is not known.
func (o *observer) source(r reading) (line trace.Line) {
	o.note(func(o *observer) {
		switch {
		case r.kind == deadlock:
			line = o.blockedLine()
		case r.clues["change"] != "":
			line = o.versions[r.clues["change"]].source
		default:
			line = o.panicked
		}
	})
	return line
}

// blockedLine looks for the deadlocked coroutine among all goroutines, where it
// is still blocked. The others of the workflow wait in the SDK for their turn.
func (o *observer) blockedLine() trace.Line {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if hasAnyPrefix(stack, o.goroutines) && !strings.Contains(stack, "(*coroutineState).yield(") {
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
