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

// TestUnrun is about local activities that the history has no marker of.
func TestUnrun(t *testing.T) {
	t.Parallel()
	local := func(ctx workflow.Context, wait bool) {
		future := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx,
			workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute}), A, "x")
		if wait {
			_ = future.Get(ctx, nil)
		}
	}
	for _, tt := range []struct {
		name      string
		recording *history.Recording
		code      any
		want      replay.Verdict
		findings  []string
		why       string
	}{
		{"added where it waits", fault(t, "early-end"), func(ctx workflow.Context) error {
			_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
			local(ctx, true)
			return nil
		}, replay.Safe, []string{"unrun at event 10: the code asks for local activity A, of which the history has " +
			"no marker: a live Worker runs it in its next Workflow Task, and what comes after it was not compared"},
			"that it returns then is in no replay"},
		{"not waited for", fault(t, "early-end"), func(ctx workflow.Context) error {
			_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
			local(ctx, false)
			workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
			return nil
		}, replay.Safe, []string{"unrun at event 10: the code asks for local activity A, of which the history has " +
			"no marker: a live Worker runs it in its next Workflow Task, and what comes after it was not compared"},
			"it runs all the same"},
		{"in a task that may be a heartbeat", unchangedRecording(t, "base.heartbeats-terminated"),
			func(ctx workflow.Context) error {
				local(ctx, true)
				return nil
			}, replay.Safe, nil, "it can have been running when the history ends"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := replay.Judge(t.Context(), running(tt.recording, "now", tt.code), tt.recording, nil)
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
			var findings []string
			for _, n := range got.Findings() {
				findings = append(findings, noted(n))
			}
			require.Equal(t, tt.findings, findings, tt.why)
		})
	}
}
