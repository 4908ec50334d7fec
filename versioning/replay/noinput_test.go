package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// TestNoInput replays executions that were started without input, by functions without
// parameters, which read other values that are not there. That is no parameter too many.
func TestNoInput(t *testing.T) {
	t.Parallel()
	noValues := func(t *testing.T) *history.Recording {
		r := fault(t, "early-end-long")
		for _, e := range r.History.GetEvents() {
			if a := e.GetActivityTaskCompletedEventAttributes(); a != nil {
				a.Result = nil
			}
			if a := e.GetWorkflowExecutionSignaledEventAttributes(); a != nil {
				a.Input = nil
			}
		}
		return r
	}
	for _, tt := range []struct {
		name      string
		recording func(t *testing.T) *history.Recording
		code      func(r *history.Recording) versioning.Stage
		why       string
	}{
		{"Child Workflow", func(t *testing.T) *history.Recording {
			return recording(t,
				"runtimechecks/signal-child/base.closed")
		},
			func(*history.Recording) versioning.Stage { return runtimechecks.SignalChild.Stages[0] },
			"the SDK decodes the execution of a child from nothing"},
		{"activity", noValues, func(r *history.Recording) versioning.Stage {
			return running(r, "now", func(ctx workflow.Context) error {
				var result string
				_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, &result)
				workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
				workflow.GetSignalChannel(ctx, "y").Receive(ctx, nil)
				return workflow.ExecuteActivity(ao(ctx), B, "2").Get(ctx, nil)
			})
		}, "it has no result"},
		{"signal", noValues, func(r *history.Recording) versioning.Stage {
			return running(r, "now", func(ctx workflow.Context) error {
				_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
				var value string
				workflow.GetSignalChannel(ctx, "x").Receive(ctx, &value)
				workflow.GetSignalChannel(ctx, "y").Receive(ctx, nil)
				return workflow.ExecuteActivity(ao(ctx), B, "2").Get(ctx, nil)
			})
		}, "it has no value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := tt.recording(t)
			stage := tt.code(r)
			for _, lineage := range [][]string{{"was"}, nil} {
				r.Lineage = lineage
				was := running(r, "was", waitsTwice)
				if tt.name == "Child Workflow" {
					was = stage
					was.Name = "was"
				}
				stage.Name = "now"
				got := replay.Judge(t.Context(), stage, r, &replay.Options{Stages: []versioning.Stage{was, stage}})
				require.Equal(t, replay.Safe, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				for _, finding := range got.Findings() {
					require.NotEqual(t, replay.Unreadable, finding.Kind, "%s: %s", tt.why, finding)
				}
			}
		})
	}
}
