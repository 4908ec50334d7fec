// Package caught makes an error of a panic, with the place where it happened. What is read from a file, and code of a
// user's that is called outside of a workflow, must not end the process: it costs the row that it is about.
package caught

import (
	"errors"
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
)

// A Panic is a panic as an error.
type Panic struct {
	// Doing says what was done: "comparing order/v1.a".
	Doing string
	// Value is what was given to panic.
	Value any
	// Place is the file and the line of the panic: "trace/cancel.go:31". It is "" where nobody knows.
	Place string
	stack string
}

func (p *Panic) Error() string {
	text := fmt.Sprintf("%s: panic: %v", p.Doing, p.Value)
	if p.Place != "" {
		text += " at " + p.Place
	}
	return text
}

// Unwrap returns the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// StackTrace returns the stack trace of the panic. The SDK's own panic errors have the same method.
func (p *Panic) StackTrace() string { return p.stack }

// Ended is the error for a function that has ended its goroutine, as t.FailNow does. Nothing can keep the goroutine: who
// calls such functions on a goroutine that others wait for looks in a deferred function whether they have returned.
func Ended(doing string) error {
	return &Panic{Doing: doing, Value: errEnded}
}

var errEnded = errors.New("runtime.Goexit was called, as t.FailNow does")

// Do calls the function. A panic in it is returned as a *Panic.
func Do(doing string, do func()) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &Panic{Doing: doing, Value: value, Place: place(), stack: string(debug.Stack())}
		}
	}()
	do()
	return nil
}

// place is the line that panicked. It is for the function that has recovered.
func place() string {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for panicked := false; ; {
		frame, more := frames.Next()
		inRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if panicked && !inRuntime {
			dir, file := path.Split(frame.File)
			return fmt.Sprintf("%s:%d", path.Join(path.Base(dir), file), frame.Line)
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}
