package replay_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestParkLong is about a history of which not all points can be replayed.
func TestParkLong(t *testing.T) {
	t.Parallel()
	const rounds = 400
	for _, tt := range []struct {
		name string
		// does is what the code does beside calling the activity of round n.
		does    func(ctx workflow.Context, n int)
		replays int32
		// repeats are those after that, until eight of the part that matters agree.
		repeats int32
		want    []replay.ParkPoint
		why     string
	}{
		{"breaks in the middle", func(ctx workflow.Context, n int) {
			if n == 250 {
				workflow.NewTimer(ctx, time.Hour)
			}
		}, 3, 7, []replay.ParkPoint{{Task: 1498, Event: 1499, Verdict: replay.Safe},
			{Task: 1504, Event: 1505, Verdict: replay.Nondeterministic}},
			"the SDK names the event, so the whole and two points are replayed"},
		{"breaks at once", func(ctx workflow.Context, n int) { workflow.NewTimer(ctx, time.Hour) },
			2, 7, []replay.ParkPoint{{Task: 4, Event: 5, Verdict: replay.Nondeterministic}},
			"nothing is before the first point"},
		{"panics in the middle", func(_ workflow.Context, n int) {
			if n == 250 {
				panic("no order")
			}
		}, 10, 1, nil, "the SDK names no event: the search for the task gives the points too"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			var replays atomic.Int32
			family := bench.SameCode(func(ctx workflow.Context, n int) error {
				replays.Add(1)
				ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
				for i := range n {
					tt.does(ctx, i)
					if err := workflow.ExecuteActivity(ctx, "Step").Get(ctx, nil); err != nil {
						return err
					}
				}
				return nil
			}, "Loop", 1)
			r := loop.Recording(rounds)
			park := replay.Judge(t.Context(), family.Stages[0], r, nil).Park
			require.Equal(t, rounds, park.Total)
			require.LessOrEqual(t, replays.Load(), tt.replays+tt.repeats, tt.why)
			if tt.want != nil {
				if diff := cmp.Diff(tt.want, park.Points); diff != "" {
					t.Errorf("%s (-want +got):\n%s", tt.why, diff)
				}
			}
			boundary := 0
			for i, p := range park.Points {
				first := &history.Recording{History: &historypb.History{Events: r.History.GetEvents()[:p.Event]}}
				require.Equal(t, bench.Replay(family.Stages[0], first) == nil, p.Verdict == replay.Safe, "%+v", p)
				if i > 0 && park.Points[i-1].Verdict == replay.Safe && p.Verdict != replay.Safe {
					boundary++
					require.Equal(t, park.Points[i-1].Task+6, p.Task, "neighbours")
				}
			}
			require.LessOrEqual(t, boundary, 1)
		})
	}
}
