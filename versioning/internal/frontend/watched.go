package frontend

import (
	"fmt"

	"go.temporal.io/sdk/log"
)

// A watched logger sees what a Worker says of a task that it gives up without an answer, and has
// the real run IDs.
type watched struct {
	log.Logger
	worker *Worker
}

var (
	_ log.WithLogger      = &watched{}
	_ log.WithSkipCallers = &watched{}
)

func (l *watched) With(keyvals ...any) log.Logger {
	return &watched{log.With(l.Logger, l.named(keyvals)...), l.worker}
}

func (l *watched) WithCallerSkip(depth int) log.Logger {
	return &watched{log.Skip(l.Logger, depth+1), l.worker}
}

func (l *watched) Debug(msg string, keyvals ...any) { l.Logger.Debug(msg, l.named(keyvals)...) }
func (l *watched) Info(msg string, keyvals ...any)  { l.Logger.Info(msg, l.named(keyvals)...) }
func (l *watched) Warn(msg string, keyvals ...any)  { l.Logger.Warn(msg, l.named(keyvals)...) }

// Error sees the panic that a Worker recovers from while it handles a task. It has nothing to
// answer then, and says it before it forgets the execution (processWorkflowTask in the SDK's
// internal/internal_task_pollers.go).
func (l *watched) Error(msg string, keyvals ...any) {
	l.Logger.Error(msg, l.named(keyvals)...)
	if msg != "Workflow task processing panic." {
		return
	}
	if h := l.worker.handedOut(value(keyvals, "RunID")); h != nil {
		h.drop()
		h.ends(outcome{err: fmt.Errorf("%w: it panics: %s", ErrNoAnswer, value(keyvals, "PanicError"))})
	}
}

// value is the text that follows the key.
func value(keyvals []any, key string) string {
	for i := 0; i+1 < len(keyvals); i += 2 {
		if keyvals[i] == key {
			s, _ := keyvals[i+1].(string)
			return s
		}
	}
	return ""
}

// named has the real run IDs in place of those that the SDK knows.
func (l *watched) named(keyvals []any) []any {
	if h := l.worker.handedOut(value(keyvals, "RunID")); h != nil {
		keyvals = append([]any(nil), keyvals...)
		for i := 0; i+1 < len(keyvals); i += 2 {
			if keyvals[i] == "RunID" {
				keyvals[i+1] = h.RunID
			}
		}
	}
	return keyvals
}
