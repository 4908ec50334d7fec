package redact_test

import (
	"testing"
	"time"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/interleavings"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// BenchmarkRedact compares the redaction of a recording with its replay by the same stage, in the
// same iteration: "x-replay" is how many replays it takes the time of. In the first ones everything
// can be replaced, in the last one a part decides.
func BenchmarkRedact(b *testing.B) {
	read := func(name string) *history.Recording {
		r, err := history.ReadFile(histories.FS, name+".json")
		if err != nil {
			b.Fatal(err)
		}
		return r
	}
	for _, tt := range []struct {
		name  string
		r     *history.Recording
		stage versioning.Stage
	}{
		{"small-11-events", read("patching/initial.completed"), patching.Family.Stages[0]},
		{"large-6005-events", loop.Recording(1000), bench.Loop(1).Stages[0]},
		{"deciding-51-events", read("interleavings/base.completed"), interleavings.Family.Stages[0]},
	} {
		b.Run(tt.name, func(b *testing.B) {
			var once, redacting time.Duration
			trials, kept := 0, 0
			for b.Loop() {
				once += bench.Timed(func() { replay.Judge(b.Context(), tt.stage, tt.r, nil) })
				redacting += bench.Timed(func() {
					stages := []versioning.Stage{tt.stage}
					_, report, err := redact.Recording(b.Context(), stages, tt.r, redact.Options{})
					if err != nil {
						b.Fatal(err)
					}
					trials, kept = report.Trials, len(report.Kept)
				})
			}
			b.ReportMetric(float64(redacting)/float64(once), "x-replay")
			b.ReportMetric(float64(trials), "trials")
			b.ReportMetric(float64(kept), "kept")
		})
	}
}
