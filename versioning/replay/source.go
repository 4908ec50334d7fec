package replay

import (
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// notWorkflowCode begin the functions whose frames stand between a call of the
// SDK, or a panic, and the workflow code that made it, beside those of the
// standard library.
var notWorkflowCode = []string{
	"go.temporal.io/sdk/", "github.com/replaymatrix/replaymatrix/versioning/replay.",
	"runtime.", "runtime/", "reflect.", "panic(",
}

// standardLibrary is the folder of the standard library's sources, empty in a
// binary that is built with -trimpath.
var standardLibrary = sync.OnceValue(func() string {
	pc := reflect.ValueOf(strings.Repeat).Pointer()
	file, _ := runtime.FuncForPC(pc).FileLine(pc)
	folder, _ := strings.CutSuffix(file, "strings/strings.go")
	return folder
})

func isStandard(file string) bool {
	if folder := standardLibrary(); folder != "" {
		return strings.HasPrefix(file, folder)
	}
	// Import paths of the standard library are the ones without a domain.
	first, _, _ := strings.Cut(file, "/")
	return !strings.Contains(first, ".")
}

// sourceLine returns the last two elements of the path, and the line: the rest
// of the path belongs to the machine.
func sourceLine(file string, line int) string {
	file = filepath.ToSlash(file)
	return path.Join(path.Base(path.Dir(file)), path.Base(file)) + ":" + strconv.Itoa(line)
}

// source returns the line of workflow code that the error is about, "" if it is
// about none or it is not known.
func (o *observer) source(r reading) (line string) {
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

// isTakenDown reports whether the panic on the stack is one of a deferred function
// that runs because the SDK ends the coroutine, which it does after the replay and
// beside whoever asks for its result (dispatcherImpl.Close in
// internal/internal_workflow.go). Cancelling a context then is enough for one.
func isTakenDown() bool {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		frame, more := frames.Next()
		if frame.Function == "runtime.Goexit" {
			return true
		}
		if !more {
			return false
		}
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
		if colon < 0 || err != nil || isStandard(place[:colon]) {
			continue
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
