package frontend_test

import (
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/interceptor"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// first is the interceptor that every user of the package has.
type first struct {
	interceptor.WorkerInterceptorBase
	began func(*workflow.Info)
}

func (f *first) InterceptWorkflow(ctx workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	f.began(workflow.GetInfo(ctx))
	return next
}

func start(t testing.TB, stage versioning.Stage, workers int) *frontend.Worker {
	t.Helper()
	var w *frontend.Worker
	w, err := frontend.Start(frontend.Options{
		Namespace: "default", Register: stage.Register, Workers: workers,
		Worker: worker.Options{Interceptors: []interceptor.WorkerInterceptor{
			&first{began: func(info *workflow.Info) { w.Began(info) }},
		}},
	})
	require.NoError(t, err)
	t.Cleanup(w.Stop)
	return w
}

func recording(t testing.TB, name string) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("../../../histories"), name+".json")
	require.NoError(t, err)
	return r
}

// taskAt is the Workflow Task that begins with the event started; previous began the one before.
func taskAt(r *history.Recording, started int, previous int64) *frontend.Task {
	h := proto.CloneOf(r.History)
	return &frontend.Task{
		WorkflowID: r.WorkflowID, RunID: r.RunID, WorkflowType: r.WorkflowType(),
		Events: h.GetEvents()[:started], Previous: previous,
	}
}

func stage(t testing.TB, name string) versioning.Stage {
	t.Helper()
	s, ok := patching.Family.Stage(name)
	require.True(t, ok)
	return s
}

// TestAnswers has tasks of which live Workers were observed (histories/patching/live.json).
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		stage  string
		failed enumspb.WorkflowTaskFailedCause
		result string
		why    string
	}{
		{"initial", 0, `"pre-patch"`, "the code that ran it"},
		{"patch-complete", 0, `"pre-patch"`, "code that calls another activity closes it unchecked"},
		{"patch-deprecated", enumspb.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR, "",
			"a version that was removed is refused in every task"},
	} {
		t.Run(tt.stage, func(t *testing.T) {
			t.Parallel()
			w := start(t, stage(t, tt.stage), 1)
			a, err := w.Do(t.Context(), taskAt(recording(t, "patching/initial.completed"), 9, 3))
			require.NoError(t, err)
			if tt.failed != 0 {
				require.NotNil(t, a.Failed, tt.why)
				require.Equal(t, tt.failed, a.Failed.Cause, tt.why)
				return
			}
			require.Nil(t, a.Failed, tt.why)
			commands := a.Completed.GetCommands()
			last := commands[len(commands)-1].GetCompleteWorkflowExecutionCommandAttributes()
			require.Equal(t, tt.result, string(last.GetResult().GetPayloads()[0].GetData()), tt.why)
		})
	}
}

// BenchmarkTask has the time of a task, and how many replays of the same events by the SDK's replayer
// take as long.
func BenchmarkTask(b *testing.B) {
	r := recording(b, "patching/initial.completed")
	replayer := worker.NewWorkflowReplayer()
	stage(b, "initial").Register(replayer)
	const replays = 500
	began := time.Now()
	for range replays {
		h := &historypb.History{Events: taskAt(r, 9, 3).Events}
		if err := replayer.ReplayWorkflowHistory(silent, h); err != nil {
			b.Fatal(err)
		}
	}
	one := time.Since(began) / replays
	for _, workers := range []int{1, 2, 4} {
		b.Run(string(rune('0'+workers)), func(b *testing.B) {
			w := start(b, stage(b, "initial"), workers)
			b.SetParallelism(4)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := w.Do(b.Context(), taskAt(r, 9, 3)); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(one), "replays/op")
		})
	}
}

func BenchmarkStart(b *testing.B) {
	s := stage(b, "initial")
	for b.Loop() {
		start(b, s, 1).Stop()
	}
}
