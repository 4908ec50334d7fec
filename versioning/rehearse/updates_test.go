package rehearse_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestValidator has new code that rejects an update: a Worker asks the validator in a task that is
// not replayed, though what the code itself asks is whether it replays.
func TestValidator(t *testing.T) {
	t.Parallel()
	stage := func(name string, rejected error) versioning.Stage {
		return versioning.Stage{Name: name, Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
				err := workflow.SetUpdateHandlerWithOptions(ctx, "change",
					func(workflow.Context) (bool, error) { return true, nil },
					workflow.UpdateHandlerOptions{Validator: func(ctx workflow.Context) error {
						if !workflow.IsReplaying(ctx) {
							return errors.New("it does not replay")
						}
						return rejected
					}})
				workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
				return err
			}, workflow.RegisterOptions{Name: "Updated"})
		}}
	}
	base, strict := stage("base", nil), stage("strict", errors.New("no"))
	r := recorded(t, base, replay.Config{}, "Updated", nil)
	x := rehearse.New(nil)
	t.Cleanup(x.Close)
	effects := x.Rehearse(t.Context(), rehearse.Request{
		Stage: strict, Reference: &base, Recording: r, Scope: rehearse.All,
		Argument: func(rehearse.News) (*commonpb.Payloads, bool) { return &commonpb.Payloads{}, true },
	})
	require.Empty(t, effects.Failed)
	i := slices.IndexFunc(effects.List, func(e rehearse.Effect) bool { return e.News.Kind == rehearse.UpdateCame })
	require.GreaterOrEqual(t, i, 0, "%+v", effects.List)
	require.Equal(t, rehearse.Otherwise, effects.List[i].Kind, "it is rejected now: %+v", effects.List[i])
	require.False(t, effects.List[i].Breaks, "that is an answer, and the execution goes on waiting")
	require.Contains(t, effects.List[i].Recorded, "Update", "what the reference does")
	require.Equal(t, "change", effects.List[i].Rejects, "whoever sends it is told")
}
