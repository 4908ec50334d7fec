package trace

import (
	"runtime"
	"strings"
)

// A Stack is where workflow code calls the SDK. Its lines are looked up when somebody asks for
// them.
type Stack struct{ place place }

// StackHere returns the upper part of the stack of the goroutine. interceptors is the number of
// interceptors between the workflow code and the one that asks.
func StackHere(interceptors int) Stack { return Stack{here(interceptors)} }

// Line is the innermost line of workflow code, the zero Line if there is none.
func (s Stack) Line() Line { return s.place.line() }

// Callers are the lines from which the code came to Line, the innermost first: see Call.Callers.
func (s Stack) Callers() []string { return s.place.callers() }

// Goroutine returns how the runtime begins to print the stack of this goroutine: "goroutine 18 [".
// It is empty if the runtime prints something else.
func Goroutine() string {
	var header [64]byte
	printed := string(header[:runtime.Stack(header[:], false)])
	return printed[:strings.IndexByte(printed, '[')+1]
}

// BlockedLines returns the lines of workflow code, the innermost first, on the stack of the first of
// the goroutines that waits in the SDK for its turn, or that does not: the SDK lets one coroutine of
// a workflow run at a time. There are none if there is no such goroutine.
func BlockedLines(goroutines []string, inTurn bool) []Line {
	for stack := range strings.SplitSeq(stacksOfAll(), "\n\n") {
		if hasAnyPrefix(stack, goroutines) && strings.Contains(stack, "(*coroutineState).yield(") == inTurn {
			return linesIn(stack)
		}
	}
	return nil
}

// stacksOfAll are those of all goroutines, as the runtime prints them, up to an amount.
func stacksOfAll() string {
	const most = 64 << 20
	for size := 1 << 20; ; size *= 4 {
		stacks := make([]byte, size)
		if n := runtime.Stack(stacks, true); n < size || size >= most {
			return string(stacks[:n])
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
