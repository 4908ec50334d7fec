package replay_test

import (
	"testing"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/interleavings"
)

// BenchmarkPark compares the judgement of a cell that is not safe, its park points
// included, with one replay of the recording by the SDK. "points" is how many of
// them were replayed.
func BenchmarkPark(b *testing.B) {
	const longest = 8000
	short, err := history.ReadFile(histories.FS, "interleavings/base+loop+pair+moved+reused+renamed.every-release.json")
	if err != nil {
		b.Fatal(err)
	}
	base, _ := interleavings.Family.Stage("base")
	for _, bb := range []struct {
		name      string
		stage     versioning.Stage
		recording *history.Recording
	}{
		{"12-points", base, short},
		{"14-points", changedAt(7, startTimer), loop.Recording(14)},
		{"1000-points-named-event", changedAt(500, startTimer), loop.Recording(1000)},
		{"1000-points-no-event", changedAt(500, panicsAtOnce), loop.Recording(1000)},
		{"8000-points-named-event", changedAt(longest/2, startTimer), loop.Recording(longest)},
		{"8000-points-no-event", changedAt(longest/2, panicsAtOnce), loop.Recording(longest)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			var plain, ours time.Duration
			var result replay.Result
			for b.Loop() {
				plain += bench.Timed(func() { _ = bench.Replay(bb.stage, bb.recording) })
				ours += bench.Timed(func() {
					result = replay.Judge(b.Context(), bb.stage, bb.recording, nil)
				})
			}
			if result.Verdict == replay.Safe || result.Verdict == replay.Unjudged {
				b.Fatal(result)
			}
			b.ReportMetric(float64(ours)/float64(plain), "x-plain")
			b.ReportMetric(float64(len(result.Park.Points)), "points")
		})
	}
}

// changedAt is loop.Workflow with a change in one round.
func changedAt(round int, change func(workflow.Context)) versioning.Stage {
	return bench.SameCode(func(ctx workflow.Context, n int) error {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		for i := range n {
			if i == round {
				change(ctx)
			}
			if err := workflow.ExecuteActivity(ctx, "Step").Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	}, "Loop", 1).Stages[0]
}

func startTimer(ctx workflow.Context) { workflow.NewTimer(ctx, time.Hour) }

func panicsAtOnce(workflow.Context) { panic("no order") }
