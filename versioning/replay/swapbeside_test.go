package replay_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestSwapBesideAnother has two timers swapped, which the SDK does not see, and in some cases one more
// call in a later Workflow Task, for which alone the SDK rejects the replay.
func TestSwapBesideAnother(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		first time.Duration
		adds  bool
		want  cause.Kind
		why   string
	}{
		{"swapped", 48 * time.Hour, false, cause.CallsSwapped, "nothing else differs"},
		{"added", time.Millisecond, true, cause.CallAdded, "nothing else differs"},
		{"swapped, and one added", 48 * time.Hour, true, cause.CallAdded, "the swap does not explain a call that is new"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := history.ReadFile(os.DirFS("../../testdata/histories/edits"), "base.timers-open.json")
			require.NoError(t, err)
			stage := running(r, "now", func(ctx workflow.Context, _ string) error {
				first := workflow.NewTimer(ctx, tt.first)
				workflow.NewTimer(ctx, 48*time.Hour+time.Millisecond-tt.first)
				_ = first.Get(ctx, nil)
				charged := workflow.ExecuteActivity(ao(ctx), "Charge", 100)
				if tt.adds {
					workflow.ExecuteActivity(ao(ctx), "Audit", 100)
				}
				_ = charged.Get(ctx, nil)
				workflow.GetSignalChannel(ctx, "end").Receive(ctx, nil)
				return nil
			})
			result := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true})
			require.Equal(t, tt.want, result.Cause.Kind, "%s: %s", tt.why, result.Cause)
		})
	}
}
