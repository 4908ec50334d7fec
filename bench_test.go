package replaymatrix_test

import (
	"fmt"
	"iter"
	"log/slog"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
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
		{"small-11-events", stagesOf(patching.Initial, patching.WorkflowType, 8), small, 200},
		{"large-6005-events", stagesOf(loop.Workflow, "Loop", 8), loop.Recording(1000), 6},
	} {
		b.Run(size.name, func(b *testing.B) {
			family := size.family
			dir := b.TempDir()
			files := writeCopies(b, dir, size.recording, size.recordings)
			var loop, ours time.Duration
			for b.Loop() {
				loop += timed(func() { replayLoop(b, family, files) })
				ours += timed(func() { judgeAll(b, family, sourcesIn(b, dir), replay.Options{}) })
			}
			cells := float64(len(family.Stages) * len(files) * b.N)
			b.ReportMetric(float64(loop)/float64(ours), "x-loop")
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
			stages, recording := loopFamily(1).Stages, loop.Recording(activities)
			var replayer replay.Replayer
			defer replayer.Close()
			judge := func(twice bool) time.Duration {
				return timed(func() { replayer.JudgeAll(b.Context(), stages, recording, replay.Options{Twice: twice}) })
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
			family := stagesOf(patching.Initial, patching.WorkflowType, stages)
			dir := b.TempDir()
			writeCopies(b, dir, small, 200)
			var once, twice time.Duration
			for b.Loop() {
				once += timed(func() { judgeAll(b, family, sourcesIn(b, dir), replay.Options{}) })
				twice += timed(func() { judgeAll(b, family, sourcesIn(b, dir), replay.Options{Twice: true}) })
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
			family := loopFamily(2)
			data, err := history.Encode(loop.Recording(1))
			if err != nil {
				b.Fatal(err)
			}
			var peak float64
			for b.Loop() {
				rows := 0
				for range matrix.Rows(b.Context(), family, repeated(data, recordings), matrix.Options{}) {
					if rows++; rows%(recordings/4) == 0 {
						peak = max(peak, liveMiB())
					}
				}
			}
			b.ReportMetric(peak, "live-MiB")
		})
	}
}

// BenchmarkJudge compares one replay, at the level that traces nothing and at the
// one that compares all, with the SDK's own call for it.
func BenchmarkJudge(b *testing.B) {
	for _, size := range []struct {
		name       string
		activities int
	}{{"small-11-events", 1}, {"medium-125-events", 20}, {"large-6005-events", 1000}} {
		b.Run(size.name, func(b *testing.B) {
			stage := loopFamily(1).Stages[0]
			recording := loop.Recording(size.activities)
			var replayer replay.Replayer
			defer replayer.Close()
			judge := func(level compare.Level) time.Duration {
				return timed(func() {
					results := replayer.JudgeAll(b.Context(), []versioning.Stage{stage}, recording, replay.Options{Level: level})
					if results[0].Verdict != replay.Safe {
						b.Fatal(results[0].Verdict, results[0].Detail, results[0].Differences)
					}
				})
			}
			var plain, commands, values time.Duration
			for b.Loop() {
				plain += timed(func() {
					replayer := worker.NewWorkflowReplayer()
					stage.Register(replayer)
					if err := replayer.ReplayWorkflowHistoryWithOptions(quiet, recording.History, worker.ReplayWorkflowHistoryOptions{}); err != nil {
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

var quiet = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

func replayLoop(b *testing.B, family *versioning.Family, files []string) {
	for _, stage := range family.Stages {
		for _, file := range files {
			replayer := worker.NewWorkflowReplayer()
			stage.Register(replayer)
			if err := replayer.ReplayWorkflowHistoryFromJSONFile(quiet, file); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func judgeAll(b *testing.B, family *versioning.Family, recordings iter.Seq[history.Source], opts replay.Options) {
	m, err := matrix.Judge(b.Context(), family, recordings, matrix.Options{Replay: opts})
	if err != nil {
		b.Fatal(err)
	}
	for cell := range m.Cells() {
		if cell.Verdict != replay.Safe {
			b.Fatal(cell, cell.Detail)
		}
	}
}

func sourcesIn(b *testing.B, dir string) iter.Seq[history.Source] {
	sources, err := history.Dir(os.DirFS(dir), ".")
	if err != nil {
		b.Fatal(err)
	}
	return func(yield func(history.Source) bool) {
		for _, s := range sources {
			if !yield(s) {
				return
			}
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

func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

func liveMiB() float64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc) / (1 << 20)
}
