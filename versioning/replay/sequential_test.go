package replay_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestSequential holds that calls are made sequential whichever later Workflow Task the second one is
// in, and whatever comes before it there: the code makes nothing in its place.
func TestSequential(t *testing.T) {
	t.Parallel()
	ship := func(ctx workflow.Context) workflow.Future { return workflow.ExecuteActivity(ctx, "Ship", "home") }
	charge := func(ctx workflow.Context) workflow.Future { return workflow.ExecuteActivity(ctx, "Charge", 100) }
	finish := func(ctx workflow.Context) { workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil) }
	for _, tt := range []struct {
		name, recording string
		code            func(workflow.Context) error
		want            cause.Kind
		why             string
	}{
		{"next", "parallel-open", func(ctx workflow.Context) error {
			err := charge(ctx).Get(ctx, nil)
			return errors.Join(err, ship(ctx).Get(ctx, nil))
		}, cause.CallsMadeSequential, "it is the first call of the next Workflow Task"},
		{"after another call", "parallel-open", func(ctx workflow.Context) error {
			err := charge(ctx).Get(ctx, nil)
			workflow.ExecuteActivity(ctx, "Refund", 100)
			return errors.Join(err, ship(ctx).Get(ctx, nil))
		}, cause.CallsMadeSequential, "another call comes before it, which is new"},
		{"after a signal", "parallel-closed", func(ctx workflow.Context) error {
			err := charge(ctx).Get(ctx, nil)
			finish(ctx)
			return errors.Join(err, ship(ctx).Get(ctx, nil))
		}, cause.CallsMadeSequential, "two Workflow Tasks later"},
		{"in another's place", "parallel-open", func(ctx workflow.Context) error {
			charged := charge(ctx)
			workflow.ExecuteActivity(ctx, "Refund", 100)
			return errors.Join(charged.Get(ctx, nil), ship(ctx).Get(ctx, nil))
		}, cause.CallAdded, "the code makes another call there"},
		{"removed", "parallel-open", func(ctx workflow.Context) error { return charge(ctx).Get(ctx, nil) },
			cause.CallRemoved, "it never comes"},
	} {
		stage := stageOf("EditedWorkflow", func(ctx workflow.Context, _ string) error {
			if err := tt.code(withActivity(ctx)); err != nil {
				return err
			}
			finish(ctx)
			return nil
		})
		got := replay.Judge(t.Context(), stage, edited(t, "base."+tt.recording), nil)
		require.Equal(t, tt.want, got.Cause.Kind, "%s: %s: %s", tt.name, tt.why, got.Cause)
		require.Equal(t, int64(6), got.Place.Event, tt.name)
	}
}
