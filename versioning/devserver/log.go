package main

import (
	"fmt"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// silent drops all logs, but while the server is put together it makes a panic of a fatal one. The server reports some
// failures, such as an internal port in use, only by a call of Fatal, and runs into a nil pointer when that returns.
type silent struct {
	log.Logger
	assembled atomic.Bool
}

func newSilent() *silent { return &silent{Logger: log.NewNoopLogger()} }

func (s *silent) Fatal(msg string, tags ...tag.Tag) {
	if s.assembled.Load() {
		return // from a listener that was stopped before it had begun, for example
	}
	fatal := &fatalError{msg: msg}
	for _, t := range tags {
		if z, ok := t.(tag.ZapTag); ok && fatal.cause == nil {
			fatal.cause, _ = z.Field().Interface.(error)
		}
	}
	panic(fatal)
}

// With is here because the one of the embedded logger returns a logger that ignores Fatal.
func (s *silent) With(...tag.Tag) log.Logger { return s }

type fatalError struct {
	msg   string
	cause error // nil where the server gave none
}

func (e *fatalError) Error() string {
	if e.cause == nil {
		return e.msg
	}
	return fmt.Sprintf("%s: %v", e.msg, e.cause)
}

func (e *fatalError) Unwrap() error { return e.cause }

// recoverFatal is deferred around the call that puts the server together.
func recoverFatal(err *error) {
	switch p := recover().(type) {
	case nil:
	case *fatalError:
		*err = p
	default:
		panic(p)
	}
}
