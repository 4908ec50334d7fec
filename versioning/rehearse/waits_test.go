package rehearse_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestWaitsFor holds that what an execution waits for has names.
func TestWaitsFor(t *testing.T) {
	t.Parallel()
	stage := versioning.Stage{Name: "base", Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
			workflow.SignalExternalWorkflow(ctx, "order-5", "", "paid", nil)
			workflow.RequestCancelExternalWorkflow(ctx, "order-6", "")
			workflow.NewTimer(ctx, time.Hour)
			workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
			return nil
		}, workflow.RegisterOptions{Name: "Waiting"})
	}}
	r := recorded(t, stage, replay.Config{}, "Waiting", nil)
	x := rehearse.New(nil)
	t.Cleanup(x.Close)
	effects := x.Rehearse(t.Context(), rehearse.Request{Stage: stage, Reference: &stage, Recording: r, Scope: rehearse.All})
	require.Empty(t, effects.Failed)
	require.NotEmpty(t, effects.List)
	w := effects.List[len(effects.List)-1].WaitsFor
	require.Equal(t, []string{"the request to cancel order-6", "the signal paid to order-5"}, w.Results)
	require.Equal(t, []string{"go"}, w.Signals)
	require.Len(t, w.Timers, 1)
}

// TestSettled has what is told of effects that break an execution that replays.
func TestSettled(t *testing.T) {
	t.Parallel()
	signal := rehearse.News{Kind: rehearse.SignalCame, Name: "add"}
	cancel := rehearse.News{Kind: rehearse.CancelRequested}
	closes := func(news rehearse.News) rehearse.Effect {
		return rehearse.Effect{Point: 8, News: news, Kind: rehearse.Closes, Ending: "Completed", Breaks: true}
	}
	unknown := rehearse.Effect{Point: 8, News: rehearse.News{Kind: rehearse.NoNews}, Kind: rehearse.Unknown,
		Why: "runs local activity Note"}
	recording := &history.Recording{History: &historypb.History{Events: []*historypb.HistoryEvent{{EventId: 8}}}}
	for _, tt := range []struct {
		why    string
		list   []rehearse.Effect
		news   string
		awaits []string
		untold string
	}{
		{"few executions are asked to cancel", []rehearse.Effect{closes(cancel), closes(signal)}, "signal add", nil, ""},
		{"the task that comes by itself comes first", []rehearse.Effect{unknown, closes(cancel)}, "cancel", nil,
			"runs local activity Note"},
		{"what it waits for can come", []rehearse.Effect{{Point: 8, News: signal, Kind: rehearse.Hangs, Breaks: true,
			WaitsFor: rehearse.WaitsFor{Signals: []string{"add"}, Updates: []string{"total"}}}}, "signal add",
			[]string{"signal add", "update total"}, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			got := rehearse.Effects{List: tt.list}.Settle(replay.Result{Verdict: replay.Safe}, recording)
			require.Equal(t, replay.Nondeterministic, got.Verdict)
			require.NotEqual(t, cause.Unchanged, got.Cause.Kind)
			require.Equal(t, tt.news, got.Cause.Ahead.News)
			require.Equal(t, tt.awaits, got.Cause.Ahead.Awaits)
			require.Equal(t, tt.untold, got.Cause.Ahead.Untold)
		})
	}
}
