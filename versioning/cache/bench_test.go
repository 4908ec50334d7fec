package cache_test

import (
	"slices"
	"testing"
	"time"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cache"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// BenchmarkCache compares a matrix whose rows are all in the cache, the hash of the
// program included, with one without a cache ("x-without") and with the loop of
// BenchmarkMatrix ("x-loop"). "cold/without" is what it costs to fill the cache.
func BenchmarkCache(b *testing.B) {
	small, err := history.ReadFile(histories.FS, "patching/initial.completed.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []struct {
		name       string
		family     *versioning.Family
		recording  *history.Recording
		recordings int
	}{
		{"small-11-events", bench.SameCode(patching.Initial, patching.WorkflowType, 8), small, 200},
		{"medium-203-events-one-stage", bench.Loop(1), loop.Recording(33), 1000},
		{"large-6005-events", bench.Loop(8), loop.Recording(1000), 6},
	} {
		b.Run(size.name, func(b *testing.B) {
			dir := b.TempDir()
			files := bench.WriteCopies(b, dir, size.recording, size.recordings)
			judge := func(inCache bool) time.Duration {
				return bench.Timed(func() {
					options := matrix.Options{}
					var rows *cache.Rows
					if inCache {
						store, err := cache.Open()
						if err != nil {
							b.Fatal(err)
						}
						rows = store.Rows(cache.Inputs{Family: size.family})
						options.Cache = rows
					}
					m, err := matrix.Judge(b.Context(), size.family, bench.Sources(b, dir), &options)
					if err != nil || len(m.Rows) != size.recordings || slices.ContainsFunc(m.Rows, breaks) {
						b.Fatal(err, len(m.Rows))
					}
					if err := rows.Close(); err != nil {
						b.Fatal(err)
					}
				})
			}
			var looped, without, cold, warm time.Duration
			for b.Loop() {
				b.Setenv(cache.Variable, b.TempDir())
				looped += bench.Timed(func() { bench.ReplayLoop(b, size.family, files) })
				without += judge(false)
				cold += judge(true)
				warm += judge(true)
			}
			b.ReportMetric(float64(looped)/float64(warm), "x-loop")
			b.ReportMetric(float64(without)/float64(warm), "x-without")
			b.ReportMetric(float64(cold)/float64(without), "cold/without")
			b.ReportMetric(warm.Seconds()*1e3/float64(b.N), "warm-ms")
		})
	}
}

func breaks(row matrix.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c matrix.Cell) bool { return c.Verdict != replay.Safe })
}
