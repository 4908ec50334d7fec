package replay_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

func oldPatch(context.Context) (string, error) { return "pre-patch", nil }

// TestActivityAliases is about activities that are registered under another name
// than their function's, and called by function: the history has the registered
// name, and the SDK's replayer does not know it.
func TestActivityAliases(t *testing.T) {
	t.Parallel()
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (result string, err error) {
		err = workflow.ExecuteActivity(withActivity(ctx), oldPatch).Get(ctx, &result)
		return result, err
	})
	history := recording(t, "patching/initial.completed")
	got := replay.Judge(t.Context(), stage, history, nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict, "the test is blind")
	require.Contains(t, advice.Line(got), "code calls ExecuteActivity oldPatch")

	stage.RegisterActivities = func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(oldPatch, activity.RegisterOptions{Name: "PrePatchActivity"})
	}
	require.Equal(t, replay.Safe, replay.Judge(t.Context(), stage, history, nil).Verdict)

	stage.RegisterActivities = func(worker.ActivityRegistry) { panic("no database") }
	got = replay.Judge(t.Context(), stage, history, nil)
	require.Equal(t, replay.Unjudged, got.Verdict)
	require.Equal(t, "stage test panics in RegisterActivities: no database", advice.Line(got))
}

// TestActivityAliasingDisabled replays as a worker with DisableRegistrationAliasing
// executes: it calls an activity by its function's name, whatever it registers.
func TestActivityAliasingDisabled(t *testing.T) {
	t.Parallel()
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (result string, err error) {
		err = workflow.ExecuteActivity(withActivity(ctx), oldPatch).Get(ctx, &result)
		return result, err
	})
	stage.RegisterActivities = func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(oldPatch, activity.RegisterOptions{Name: "PrePatchActivity"})
	}
	history := recording(t, "patching/initial.completed")
	for disabled, want := range map[bool]replay.Verdict{false: replay.Safe, true: replay.Nondeterministic} {
		got := replay.Judge(t.Context(), stage, history, &replay.Options{
			Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableRegistrationAliasing: disabled}},
		})
		require.Equal(t, want, got.Verdict, "aliases disabled: %t: %s", disabled, advice.Line(got))
	}
}

func TestLocalActivityAliases(t *testing.T) {
	t.Parallel()
	stage := stageOf("MistakesWorkflow", func(ctx workflow.Context, _ string) error {
		ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
		if err := workflow.ExecuteLocalActivity(ctx, oldPatch).Get(ctx, nil); err != nil {
			return err
		}
		return workflow.Sleep(ctx, time.Second)
	})
	history := recording(t, "mistakes/base.local-activity")
	require.Equal(t, replay.Nondeterministic, replay.Judge(t.Context(), stage, history, nil).Verdict,
		"the test is blind")
	stage.RegisterActivities = func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(oldPatch, activity.RegisterOptions{Name: "Activity"})
	}
	require.Equal(t, replay.Safe, replay.Judge(t.Context(), stage, history, nil).Verdict)
}
