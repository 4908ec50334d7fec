package trace

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
)

// Mark labels the goroutine, and those that it starts from now on, for Blocked.
func Mark(name string) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels(label, name)))
}

const label = "replaymatrix"

// Blocked returns the lines of workflow code, the innermost first, on the stack of the first marked
// goroutine that is through the function and waits in the SDK for its turn, or that does not: the SDK
// lets one coroutine of a workflow run at a time. There are none if there is no such goroutine. It
// reads the profile of all goroutines, which takes a fraction of the time that printing them takes.
func Blocked(name, function string, inTurn bool) []Line {
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		return nil
	}
	mark := fmt.Sprintf("# labels: {%q:%q}\n", label, name)
	for block := range strings.SplitSeq(profile.String(), "\n\n") {
		if !strings.Contains(block, mark) {
			continue
		}
		lines, through, waits := walk(stackIn(block), function)
		if through && waits == inTurn {
			return lines
		}
	}
	return nil
}

// stackIn is that of a block of the profile: "1 @ 0x43e0a1 0x40b3f2 …".
func stackIn(block string) (pcs []uintptr) {
	line, _, _ := strings.Cut(strings.TrimLeft(block, "\n"), "\n")
	_, stack, _ := strings.Cut(line, " @ ")
	for field := range strings.FieldsSeq(stack) {
		pc, err := strconv.ParseUint(field, 0, 64)
		if err != nil {
			return nil
		}
		pcs = append(pcs, uintptr(pc))
	}
	return pcs
}

// walk returns the lines of workflow code up to the function that the SDK has called, and whether the
// stack is through a function and in the SDK's wait for its turn.
func walk(pcs []uintptr, function string) (lines []Line, through, waits bool) {
	called := false
	frames := runtime.CallersFrames(pcs)
	for {
		frame, more := frames.Next()
		through = through || strings.HasSuffix(frame.Function, function)
		waits = waits || strings.HasSuffix(frame.Function, "(*coroutineState).yield")
		called = called || len(lines) > 0 && strings.HasPrefix(frame.Function, "reflect.")
		if !called && frame.Function != "" && isWorkflowCode(frame.Function, frame.File) {
			lines = append(lines, Line{frame.File, frame.Line})
		}
		if !more {
			return lines, through, waits
		}
	}
}
