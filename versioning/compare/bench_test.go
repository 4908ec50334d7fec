package compare_test

import (
	"runtime"
	"testing"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// BenchmarkTrace compares the SDK's replay with the same replay traced, aligned and
// compared, and nothing else. That is to cost at most 1.5 times the plain one.
func BenchmarkTrace(b *testing.B) {
	for _, size := range []struct {
		name       string
		activities int
	}{{"small-11-events", 1}, {"medium-125-events", 20}, {"large-6005-events", 1000}, {"huge-50003-events", 8333}} {
		b.Run(size.name, func(b *testing.B) {
			recording := loop.Recording(size.activities)
			replays := func(recorder *trace.Recorder) {
				options := worker.WorkflowReplayerOptions{}
				if recorder != nil {
					options = recorder.Options()
				}
				replayer, err := worker.NewWorkflowReplayerWithOptions(options)
				if err != nil {
					b.Fatal(err)
				}
				replayer.RegisterWorkflowWithOptions(loop.Workflow, workflow.RegisterOptions{Name: "Loop"})
				if err := replayer.ReplayWorkflowHistoryWithOptions(silent, recording.History,
					worker.ReplayWorkflowHistoryOptions{}); err != nil {
					b.Fatal(err)
				}
			}
			var plain, traced time.Duration
			var plainBytes, tracedBytes uint64
			for b.Loop() {
				before := allocated()
				start := time.Now()
				replays(nil)
				plain += time.Since(start)
				between := allocated()
				start = time.Now()
				recorder := trace.NewRecorder(worker.WorkflowReplayerOptions{})
				replays(recorder)
				side := compare.Align(recorder.Trace(), recording.History.GetEvents(), true)
				if differences := compared(side); len(differences) > 0 {
					b.Fatal(differences[0])
				}
				traced += time.Since(start)
				plainBytes, tracedBytes = plainBytes+between-before, tracedBytes+allocated()-between
			}
			b.ReportMetric(float64(traced)/float64(plain), "traced/plain")
			b.ReportMetric(float64(tracedBytes)/float64(plainBytes), "B-traced/B-plain")
		})
	}
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}
