package replay

import (
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// notWorkflowCode are the packages whose frames stand between a call of the SDK,
// or a panic, and the workflow code that made it.
var notWorkflowCode = []string{
	"go.temporal.io/sdk/", "github.com/replaymatrix/replaymatrix/versioning/replay.",
	"runtime.", "runtime/", "internal/", "reflect.", "panic(",
}

// sourceLine returns the last two elements of the path, and the line: the rest
// of the path belongs to the machine.
func sourceLine(file string, line int) string {
	file = filepath.ToSlash(file)
	return path.Join(path.Base(path.Dir(file)), path.Base(file)) + ":" + strconv.Itoa(line)
}

// source returns the line of workflow code that the error is about, "" if it is
// about none or it is not known.
func (o *observer) source(r reading) string {
	switch {
	case r.kind == deadlock:
		return o.blockedLine()
	case r.clues["change"] != "":
		return o.versions[r.clues["change"]].source
	default:
		return o.panicked
	}
}

// blockedLine looks for the deadlocked coroutine among all goroutines, where it
// is still blocked. The others of the workflow wait in the SDK for their turn.
func (o *observer) blockedLine() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if hasAnyPrefix(stack, o.goroutines) && !strings.Contains(stack, "(*coroutineState).yield(") {
			return firstWorkflowLine(stack)
		}
	}
	return ""
}

// firstWorkflowLine reads a printed stack: a line with the function, then one
// with a tab, the file and the line.
func firstWorkflowLine(stack string) string {
	lines := strings.Split(stack, "\n")
	for i := 1; i+1 < len(lines); i++ {
		function, place := lines[i], lines[i+1]
		if !strings.HasPrefix(place, "\t") || hasAnyPrefix(function, notWorkflowCode) {
			continue
		}
		place, _, _ = strings.Cut(strings.TrimSpace(place), " +0x")
		colon := strings.LastIndex(place, ":")
		line, err := strconv.Atoi(place[colon+1:])
		if colon < 0 || err != nil {
			return ""
		}
		return sourceLine(place[:colon], line)
	}
	return ""
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
