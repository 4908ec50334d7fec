package trace

import (
	"fmt"
	"strings"

	sdklog "go.temporal.io/sdk/log"
)

// listener reads from the SDK's log which ID the command of a call got
// (workflowEnvironmentImpl in internal/internal_event_handlers.go). What the SDK
// logs for a Workflow Task goes to a logger that it has made with the run ID.
type listener struct {
	recorder *Recorder
	next     sdklog.Logger
	ofTask   bool
}

func (l *listener) With(keyvals ...any) sdklog.Logger {
	ofTask := l.ofTask
	for i := 0; i < len(keyvals); i += 2 {
		ofTask = ofTask || keyvals[i] == "RunID"
	}
	next := l.next
	if !ofTask || l.recorder.loud {
		next = sdklog.With(l.next, keyvals...)
	}
	return &listener{l.recorder, next, ofTask}
}

func (l *listener) WithCallerSkip(depth int) sdklog.Logger {
	return &listener{l.recorder, sdklog.Skip(l.next, depth), l.ofTask}
}

func (l *listener) passes() bool { return !l.ofTask || l.recorder.loud }

func (l *listener) Debug(msg string, keyvals ...any) {
	if l.ofTask {
		l.recorder.logged(msg, keyvals)
	}
	if l.passes() {
		l.next.Debug(msg, keyvals...)
	}
}

func (l *listener) Info(msg string, keyvals ...any) {
	if l.passes() {
		l.next.Info(msg, keyvals...)
	}
}

func (l *listener) Warn(msg string, keyvals ...any) {
	if l.passes() {
		l.next.Warn(msg, keyvals...)
	}
}

func (l *listener) Error(msg string, keyvals ...any) {
	if l.passes() {
		l.next.Error(msg, keyvals...)
	}
}

// idKeys are the keys of the IDs in what the SDK logs about a command.
var idKeys = map[string]string{
	"ExecuteActivity":         "ActivityID",
	"NewTimer":                "TimerID",
	"ExecuteChildWorkflow":    "ChildWorkflowID",
	"SideEffect Marker added": "SideEffectID",
	"ScheduleNexusOperation":  "",
	"RequestCancelActivity":   "ActivityID",
	"RequestCancelTimer":      "TimerID",
}

func (r *Recorder) logged(msg string, keyvals []any) {
	key, known := idKeys[msg]
	if !known {
		return
	}
	var id string
	for i := 0; i+1 < len(keyvals); i += 2 {
		if keyvals[i] == key {
			id = fmt.Sprint(keyvals[i+1])
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case strings.HasPrefix(msg, "RequestCancel"):
		r.cancels(msg + " " + strings.Trim(id, "{}")) // the ID is in a struct of its own
	case r.current != nil:
		r.current.ID, r.current.Made = id, true
	}
}
