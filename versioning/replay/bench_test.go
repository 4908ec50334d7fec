package replay_test

import (
	"testing"
	"time"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// BenchmarkJudge compares one replay, at the level that traces nothing and at the
// one that compares all, with the SDK's own call for it.
func BenchmarkJudge(b *testing.B) {
	for _, size := range []struct {
		name       string
		activities int
	}{{"small-11-events", 1}, {"medium-125-events", 20}, {"large-6005-events", 1000}} {
		b.Run(size.name, func(b *testing.B) {
			stage := bench.Loop(1).Stages[0]
			recording := loop.Recording(size.activities)
			var replayer replay.Replayer
			defer replayer.Close()
			judge := func(level compare.Level) time.Duration {
				return bench.Timed(func() {
					results := replayer.JudgeAll(b.Context(), []versioning.Stage{stage}, recording,
						&replay.Options{Config: replay.Config{Level: level}})
					if results[0].Verdict != replay.Safe {
						b.Fatal(results[0].Verdict, advice.Line(results[0]), results[0].Differences)
					}
				})
			}
			var plain, commands, values time.Duration
			for b.Loop() {
				plain += bench.Timed(func() {
					if err := bench.Replay(stage, recording); err != nil {
						b.Fatal(err)
					}
				})
				commands += judge(compare.Commands)
				values += judge(compare.Values)
			}
			b.ReportMetric(float64(commands)/float64(plain), "commands/plain")
			b.ReportMetric(float64(values)/float64(plain), "values/plain")
			b.ReportMetric(float64(values)/float64(commands), "values/commands")
		})
	}
}
