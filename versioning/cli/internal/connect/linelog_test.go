package connect

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	sdklog "go.temporal.io/sdk/log"
)

// TestLineLogger logs as the SDK does, with its keys.
func TestLineLogger(t *testing.T) {
	t.Parallel()
	fault := errors.New("[TMPRL1100] nondeterministic workflow:\nhistory event is A\nreplay command is B")
	execution := []any{"WorkflowType", "Order", "WorkflowID", "order-1", "RunID", "run-1", "Attempt", 1, "Error", fault}
	for _, tt := range []struct {
		name string
		log  func(sdklog.Logger)
		want string
		why  string
	}{
		{"failed workflow task", func(l sdklog.Logger) {
			l.Error("Workflow panic",
				append(execution, "StackTrace", "coroutine root [panic]:\npanic(…)\n\t/go/x.go:1")...)
			l.Warn("Failed to process workflow task.", execution...)
		}, "ERROR Workflow panic: [TMPRL1100] nondeterministic workflow (workflow ID order-1, run ID run-1, " +
			"attempt 1)\n",
			"the SDK logs it twice, with a stack trace"},
		{"next attempt", func(l sdklog.Logger) {
			l.Error("Workflow panic", "RunID", "run-1", "Attempt", 1, "Error", fault)
			l.Error("Workflow panic", "RunID", "run-1", "Attempt", 2, "Error", fault)
		}, "ERROR Workflow panic: [TMPRL1100] nondeterministic workflow (run ID run-1, attempt 1)\n" +
			"ERROR Workflow panic: [TMPRL1100] nondeterministic workflow (run ID run-1, attempt 2)\n",
			"a person sees that it goes on"},
		{"pollers", func(l sdklog.Logger) {
			sdklog.With(l, "WorkerType", "ActivityWorker").Warn("Failed to poll for task.", "Error",
				errors.New("connection refused"))
			sdklog.With(l, "WorkerType", "WorkflowWorker").Warn("Failed to poll for task.", "Error",
				errors.New("connection refused"))
		}, "WARN Failed to poll for task: connection refused\n", "each poller of a worker says the same"},
		{"activity panic", func(l sdklog.Logger) {
			l.Error("Activity panic.", "WorkflowID", "order-1", "ActivityType", "Ship", "PanicError", "nil map",
				"PanicStack", "a\nb")
		}, "ERROR Activity panic: nil map (workflow ID order-1, activity Ship)\n", "the error has another key there"},
		{"end", func(l sdklog.Logger) { l.Warn("Failed to poll for task.", "Error", errors.New("worker stopping")) },
			"",
			"the worker was told to stop"},
		{"no error", func(l sdklog.Logger) { l.Warn("Stopping heartbeat worker") }, "WARN Stopping heartbeat worker\n",
			"a message of its own"},
		{"information", func(l sdklog.Logger) { l.Info("Started Worker"); l.Debug("ExecuteActivity") }, "",
			"only what is wrong is of interest"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			tt.log(sdklog.NewStructuredLogger(newLineLogger(&out)))
			require.Equal(t, tt.want, out.String(), tt.why)
		})
	}
}
