package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// TestBranch applies what an explanation proposes: with it, the same history
// replays.
func TestBranch(t *testing.T) {
	t.Parallel()
	call := func(ctx workflow.Context, activity string, args ...any) error {
		return workflow.ExecuteActivity(withActivity(ctx), activity, args...).Get(ctx, nil)
	}
	begin := func(ctx workflow.Context) error { return call(ctx, "Reserve", "a book") }
	end := func(ctx workflow.Context) error {
		workflow.NewTimer(ctx, 24*60*60*1e9)
		if err := call(ctx, "Charge", 100); err != nil {
			return err
		}
		workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
		return nil
	}
	for _, tt := range []struct {
		name        string
		code, fixed func(workflow.Context) error
		change      cause.Kind
		want, why   string
	}{
		{"removed",
			end,
			func(ctx workflow.Context) error {
				if v := workflow.GetVersion(ctx, "remove-reserve", workflow.DefaultVersion,
					1); v == workflow.DefaultVersion {
					if err := begin(ctx); err != nil {
						return err
					}
				}
				return end(ctx)
			},
			cause.CallRemoved,
			"// In TestBranch of replay/branch_test.go, before line 25:\n" +
				"// A sketch, made from this history: look what the code that recorded it did with arguments, results and errors.\n" +
				"version := workflow.GetVersion(ctx, \"remove-reserve\", workflow.DefaultVersion, 1)\n" +
				"if version == workflow.DefaultVersion {\n" +
				"\t_ = workflow.ExecuteActivity(ctx, \"Reserve\", \"a book\").Get(ctx, nil)\n}",
			"what comes next is what the history has later: it has not replaced the call"},
		{"inserted",
			func(ctx workflow.Context) error {
				if err := call(ctx, "CheckFraud"); err != nil {
					return err
				}
				if err := begin(ctx); err != nil {
					return err
				}
				return end(ctx)
			},
			func(ctx workflow.Context) error {
				if v := workflow.GetVersion(ctx, "add-check-fraud", workflow.DefaultVersion,
					1); v != workflow.DefaultVersion {
					if err := call(ctx, "CheckFraud"); err != nil {
						return err
					}
				}
				if err := begin(ctx); err != nil {
					return err
				}
				return end(ctx)
			},
			cause.CallAdded,
			"// A sketch: arguments, options and results are yours to add.\n" +
				"// It belongs at replay/branch_test.go:21, called from replay/branch_test.go:58.\n" +
				"v := workflow.GetVersion(ctx, \"add-check-fraud\", workflow.DefaultVersion, 1)\nif v != " +
				"workflow.DefaultVersion {\n\tworkflow.ExecuteActivity(ctx, \"CheckFraud\", args...)\n}",
			"the history's call comes later in the code: it was not moved; many calls share the line, so it is not edited"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := recording(t, "runtimechecks/activity/base.open")
			workflowType := runtimechecks.Activity.WorkflowTypes[0]
			got := replay.Judge(t.Context(), stageOf(workflowType, tt.code), r, &replay.Options{Explain: true})
			require.Equal(t, replay.Nondeterministic, got.Verdict)
			require.Equal(t, tt.change, got.Cause.Kind, tt.why)
			require.Equal(t, tt.want, advice.Explain(got).Code, tt.why)
			got = replay.Judge(t.Context(), stageOf(workflowType, tt.fixed), r,
				&replay.Options{Config: replay.Config{Level: compare.Commands}})
			require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
		})
	}
}

// TestInvalidOptions judges nothing with a level that is none: to compare less than
// was meant would pass for a proof.
func TestInvalidOptions(t *testing.T) {
	t.Parallel()
	r := recording(t, "patching/initial.completed")
	got := replay.Judge(t.Context(), patchingStage(t, "initial"), r,
		&replay.Options{Config: replay.Config{Level: "Values"}})
	require.Equal(t, replay.Unjudged, got.Verdict)
	require.Equal(t, `unknown level "Values": the levels are commands, shape, values`, advice.Line(got))
	got = replay.Judge(t.Context(), patchingStage(t, "initial"), r,
		&replay.Options{Config: replay.Config{Allow: []compare.Allow{{Path: "x"}}}})
	require.Equal(t, replay.Unjudged, got.Verdict)
}
