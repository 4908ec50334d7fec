package rehearse_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestInfo has what workflow code is told of itself, as a live Worker tells it.
func TestInfo(t *testing.T) {
	t.Parallel()
	told := make(chan []any, 8)
	stage := func(then func(workflow.Context)) versioning.Stage {
		return versioning.Stage{Name: "base", BuildID: "1.7", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
				workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
				then(ctx)
				return workflow.Sleep(ctx, time.Hour)
			}, workflow.RegisterOptions{Name: "Told", VersioningBehavior: workflow.VersioningBehaviorPinned})
		}}
	}
	r := recorded(t, stage(func(workflow.Context) {}), replay.Config{}, "Told", nil, signal("go"))
	x := rehearse.New(nil)
	t.Cleanup(x.Close)
	_, err := x.At(t.Context(), stage(func(ctx workflow.Context) {
		info := workflow.GetInfo(ctx)
		select {
		case told <- []any{info.Namespace, info.WorkflowExecution.ID, info.WorkflowExecution.RunID, info.TaskQueueName,
			info.GetCurrentHistoryLength()}:
		default:
		}
	}), r, 4)
	require.NoError(t, err)
	want := []any{r.Namespace, r.WorkflowID, r.RunID, "shop", 7}
	if diff := cmp.Diff(want, <-told); diff != "" {
		t.Errorf("(-want +told):\n%s", diff)
	}
}

// TestPanicPolicy has code that panics: stuck, or failed for good.
func TestPanicPolicy(t *testing.T) {
	t.Parallel()
	for policy, want := range map[worker.WorkflowPanicPolicy]rehearse.Kind{
		worker.BlockWorkflow: rehearse.Stuck, worker.FailWorkflow: rehearse.Closes,
	} {
		stage := func(panics bool) versioning.Stage {
			return versioning.Stage{Name: "base", Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
					workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
					if panics {
						panic("no")
					}
					return workflow.Sleep(ctx, time.Hour)
				}, workflow.RegisterOptions{Name: "Panics"})
			}, WorkerOptions: func(o *worker.Options) { o.WorkflowPanicPolicy = policy }}
		}
		r := recorded(t, stage(false), replay.Config{}, "Panics", nil, signal("go"))
		x := rehearse.New(nil)
		t.Cleanup(x.Close)
		e, err := x.At(t.Context(), stage(true), r, 4)
		require.NoError(t, err)
		require.Equal(t, want, e.Kind, "%+v", e)
	}
}

// TestUnregisteredLocalActivity has a local activity that the stage does not register: a live Worker
// gives the code an error, and no such thing runs.
func TestUnregisteredLocalActivity(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		register func(worker.ActivityRegistry)
		want     rehearse.Kind
		why      string
	}{
		{func(r worker.ActivityRegistry) { r.RegisterActivity(nothing) }, rehearse.Closes, "the Worker does not know it"},
		{nil, rehearse.Unknown, "nobody says which there are"},
	} {
		stage := func(asks bool) versioning.Stage {
			return versioning.Stage{Name: "base", RegisterActivities: tt.register, Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
					workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
					ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
					if asks {
						return workflow.ExecuteLocalActivity(ctx, "Charge").Get(ctx, nil)
					}
					return workflow.Sleep(ctx, time.Hour)
				}, workflow.RegisterOptions{Name: "Asks"})
			}}
		}
		r := recorded(t, stage(false), replay.Config{}, "Asks", nil, signal("go"))
		x := rehearse.New(nil)
		t.Cleanup(x.Close)
		e, err := x.At(context.Background(), stage(true), r, 4)
		require.NoError(t, err)
		require.Equal(t, tt.want, e.Kind, "%s: %+v", tt.why, e)
	}
}
