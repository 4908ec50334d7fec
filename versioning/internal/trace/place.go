package trace

import (
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
	"github.com/replaymatrix/replaymatrix/versioning/internal/",
	"runtime.", "runtime/", "reflect.", "panic(",
}

// place is a stack on which the line of workflow code is looked up when somebody
// asks: that costs more than to keep the stack.
type place []uintptr

// here returns the upper part of the stack of its caller's caller. To unwind all of
// it costs as much as the rest of a trace; interceptors of the user's stand
// between the SDK and the workflow code.
func here(interceptors int) place {
	var pcs [64]uintptr
	n := runtime.Callers(3, pcs[:min(12+4*interceptors, len(pcs))])
	return append(place(nil), pcs[:n]...)
}

func (p place) line() (line Line) {
	if lines := p.lines(); len(lines) > 0 {
		return lines[0]
	}
	return line
}

// callers are the lines of workflow code from which the code came to line, the
// innermost first.
func (p place) callers() (callers []string) {
	if lines := p.lines(); len(lines) > 1 {
		for _, line := range lines[1:] {
			callers = append(callers, line.String())
		}
	}
	return callers
}

// lines are those of workflow code, the innermost first, from the function of the
// SDK that it has called to the one in which the SDK has called it.
func (p place) lines() (lines []Line) {
	if len(p) == 0 {
		return nil
	}
	frames := runtime.CallersFrames(p)
	for entered := false; ; {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "go.temporal.io/sdk/internal.(*workflowEnvironmentInterceptor)."):
			entered, lines = false, nil // Sleep makes a timer, below the interceptors of Sleep
		case !entered:
			entered = isEntry(frame.Function)
		case strings.HasPrefix(frame.Function, "reflect."):
			return lines
		case frame.Function != "" && isWorkflowCode(frame.Function, frame.File):
			lines = append(lines, Line{frame.File, frame.Line})
		}
		if !more {
			return lines
		}
	}
}

// isEntry reports whether the function is one of the SDK's that workflow code
// calls, and not one of an interceptor: those stand between it and the recorder,
// and can be a user's or the SDK's own.
func isEntry(function string) bool {
	name, ok := strings.CutPrefix(function, "go.temporal.io/sdk/internal.")
	return ok && !strings.Contains(name, "OutboundInterceptorBase")
}

// CallerLine returns the innermost line of workflow code on the stack of the
// goroutine, the zero Line if there is none.
func CallerLine() Line {
	pcs := make([]uintptr, 64)
	return lineOf(runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)]))
}

// AskingLine returns the line of workflow code that called the SDK function in which an interceptor
// runs now. It returns the zero Line if the SDK itself or the engine has called that function.
func AskingLine() Line {
	pcs := make([]uintptr, 8)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)]) // this one, and the interceptor's
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "go.temporal.io/sdk/workflow."),
			strings.HasPrefix(frame.Function, "go.temporal.io/sdk/internal.GetWorkflowInfo"):
		case frame.Function != "" && isWorkflowCode(frame.Function, frame.File):
			return Line{frame.File, frame.Line}
		default:
			return Line{}
		}
		if !more {
			return Line{}
		}
	}
}

func lineOf(frames *runtime.Frames) Line {
	for {
		frame, more := frames.Next()
		if frame.Function != "" && isWorkflowCode(frame.Function, frame.File) {
			return Line{frame.File, frame.Line}
		}
		if !more {
			return Line{}
		}
	}
}

func isWorkflowCode(function, file string) bool {
	for _, prefix := range notWorkflowCode {
		if strings.HasPrefix(function, prefix) {
			return false
		}
	}
	return !isStandard(file)
}

// FirstLine returns the innermost line of workflow code in a printed stack. In such a stack, one
// line names the function. The next line has a tab, the file and the line number.
func FirstLine(stack string) Line {
	lines := strings.Split(stack, "\n")
	for i := 1; i+1 < len(lines); i++ {
		function, place := lines[i], lines[i+1]
		if !strings.HasPrefix(place, "\t") {
			continue
		}
		place, _, _ = strings.Cut(strings.TrimSpace(place), " +0x")
		colon := strings.LastIndex(place, ":")
		line, err := strconv.Atoi(place[colon+1:])
		if colon < 0 || err != nil || !isWorkflowCode(function, place[:colon]) {
			continue
		}
		return Line{place[:colon], line}
	}
	return Line{}
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
