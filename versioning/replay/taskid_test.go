package replay_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestUntoldTask is about events that do not say which Workflow Task they belong to, as
// in histories that a program has made: that is no difference, and what they hold is
// compared all the same.
func TestUntoldTask(t *testing.T) {
	t.Parallel()
	// The histories have one Workflow Task, and activity Charge after it.
	for _, tt := range []struct {
		name   string
		change func(*history.Recording)
		code   any
		want   replay.Verdict
		why    string
	}{
		{"activity", func(*history.Recording) {}, charges(func(workflow.Context) {}), replay.Safe, "0 names no event"},
		{"timer", withTimer("6", 5), charges(func(ctx workflow.Context) { workflow.NewTimer(ctx, 5*time.Second) }),
			replay.Safe, "the same of a timer"},
		{"timer of another duration", withTimer("6", 5),
			charges(func(ctx workflow.Context) { workflow.NewTimer(ctx, 6*time.Second) }), replay.Drift,
			"its ID tells which call it is"},
		{"search attributes", withKeyword("a"), charges(upsertKeyword("a")), replay.Safe, "a command without an ID"},
		{"other search attributes", withKeyword("a"), charges(upsertKeyword("b")), replay.Drift,
			"it belongs to the task whose events stand around it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "zero-fields")
			tt.change(r)
			r.History.Events[4].GetActivityTaskScheduledEventAttributes().WorkflowTaskCompletedEventId = 0
			got := replay.Judge(t.Context(), running(r, "test", tt.code), r, nil)
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
		})
	}
}
