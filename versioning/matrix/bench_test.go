package matrix_test

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// BenchmarkMatrix compares the matrix with the loop that everybody writes today:
// for each stage, for each file, ReplayWorkflowHistoryFromJSONFile. Both see the
// same files in the same iteration, so "x-loop", the ratio of their times, is
// free of the machine's noise as far as it can be. The small histories are
// copies of a real recording.
func BenchmarkMatrix(b *testing.B) {
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
		{"large-6005-events", bench.Loop(8), loop.Recording(1000), 6},
	} {
		b.Run(size.name, func(b *testing.B) {
			family := size.family
			dir := b.TempDir()
			files := bench.WriteCopies(b, dir, size.recording, size.recordings)
			var looped, ours time.Duration
			for b.Loop() {
				looped += bench.Timed(func() { bench.ReplayLoop(b, family, files) })
				ours += bench.Timed(func() { judgeAll(b, family, bench.Sources(b, dir), replay.Options{}) })
			}
			cells := float64(len(family.Stages) * len(files) * b.N)
			b.ReportMetric(float64(looped)/float64(ours), "x-loop")
			b.ReportMetric(cells/ours.Seconds(), "cells/s")
		})
	}
}

// BenchmarkTwice compares safe cells as a test judges them with those of the command:
// each alone, and a matrix, in which reading the files costs the same.
func BenchmarkTwice(b *testing.B) {
	small, err := history.ReadFile(histories.FS, "patching/initial.completed.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, activities := range []int{1, 20, 1000} {
		b.Run(fmt.Sprintf("%d-activities", activities), func(b *testing.B) {
			stages, recording := bench.Loop(1).Stages, loop.Recording(activities)
			var replayer replay.Replayer
			defer replayer.Close()
			judge := func(twice bool) time.Duration {
				return bench.Timed(func() {
					replayer.JudgeAll(b.Context(), stages, recording, &replay.Options{Twice: twice})
				})
			}
			var once, twice time.Duration
			for b.Loop() {
				once += judge(false)
				twice += judge(true)
			}
			b.ReportMetric(float64(twice)/float64(once), "twice/once")
		})
	}
	for _, stages := range []int{1, 8} {
		b.Run(fmt.Sprintf("%d-stages", stages), func(b *testing.B) {
			family := bench.SameCode(patching.Initial, patching.WorkflowType, stages)
			dir := b.TempDir()
			bench.WriteCopies(b, dir, small, 200)
			var once, twice time.Duration
			for b.Loop() {
				once += bench.Timed(func() { judgeAll(b, family, bench.Sources(b, dir), replay.Options{}) })
				twice += bench.Timed(func() { judgeAll(b, family, bench.Sources(b, dir), replay.Options{Twice: true}) })
			}
			b.ReportMetric(float64(twice)/float64(once), "twice/once")
		})
	}
}

// BenchmarkMatrixMemory reports the live heap in the middle of a matrix of many
// recordings: it must not grow with their number.
func BenchmarkMatrixMemory(b *testing.B) {
	for _, recordings := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprintf("%d-recordings", recordings), func(b *testing.B) {
			family := bench.Loop(2)
			data, err := history.Encode(loop.Recording(1))
			if err != nil {
				b.Fatal(err)
			}
			var peak float64
			for b.Loop() {
				rows := 0
				for range matrix.Rows(b.Context(), family, repeated(data, recordings), nil) {
					if rows++; rows%(recordings/4) == 0 {
						peak = max(peak, bench.Live()/(1<<20))
					}
				}
			}
			b.ReportMetric(peak, "live-MiB")
		})
	}
}

// BenchmarkFoldedMemory reports what a whole matrix of safe rows keeps: it must not grow with their number. The rows are those
// of a real recording, out of a cache: to replay a million takes minutes.
func BenchmarkFoldedMemory(b *testing.B) {
	sources, err := history.Dir(histories.FS, "patching")
	if err != nil {
		b.Fatal(err)
	}
	family := *patching.Family
	family.Stages = family.Stages[:2]
	m, err := matrix.Judge(b.Context(), &family, slices.Values(sources), &matrix.Options{Only: func(r, _ string) bool { return r == "initial.waiting" }})
	if err != nil {
		b.Fatal(err)
	}
	row := m.Rows[0]
	for _, recordings := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("%d-recordings", recordings), func(b *testing.B) {
			var live float64
			for b.Loop() {
				m, err := matrix.Judge(b.Context(), &family, stored(recordings), &matrix.Options{Fold: true, Cache: known{func(string) matrix.Row {
					copied := row
					copied.Cells = slices.Clone(row.Cells)
					return copied
				}}})
				if err != nil {
					b.Fatal(err)
				}
				live = max(live, bench.Live()/(1<<20))
				if n := m.Recordings(); n != recordings {
					b.Fatal(n)
				}
			}
			b.ReportMetric(live, "live-MiB")
		})
	}
}

func judgeAll(b *testing.B, family *versioning.Family, recordings iter.Seq[history.Source], opts replay.Options) {
	m, err := matrix.Judge(b.Context(), family, recordings,
		&matrix.Options{Config: opts.Config, Twice: opts.Twice, Explain: opts.Explain})
	if err != nil {
		b.Fatal(err)
	}
	for cell := range m.Cells() {
		if cell.Verdict != replay.Safe {
			b.Fatal(cell, advice.Line(cell.Result))
		}
	}
}

func repeated(data []byte, n int) iter.Seq[history.Source] {
	return func(yield func(history.Source) bool) {
		for i := range n {
			name := "loop." + strconv.Itoa(i)
			load := func() (*history.Recording, error) { return history.Decode(name+".json", data) }
			if !yield(history.Source{Name: name, Load: load}) {
				return
			}
		}
	}
}
