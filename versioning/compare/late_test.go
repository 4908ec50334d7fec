package compare_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// slow holds the third encoding until it is released: the SDK takes the workflow for
// deadlocked and gives it up, and it goes on when the trace is made.
type slow struct {
	converter.DataConverter
	mu      sync.Mutex
	encoded int
	release chan struct{}
}

func (s *slow) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	s.mu.Lock()
	s.encoded++
	encoded := s.encoded
	s.mu.Unlock()
	if encoded == 3 {
		<-s.release
	}
	return s.DataConverter.ToPayloads(values...)
}

// TestLateCoroutine is for the race detector too: what the workflow does after it
// was given up changes nothing in the trace that was made of it.
func TestLateCoroutine(t *testing.T) {
	t.Parallel()
	r := recording(t, "coroutines/base.loop")
	dc := &slow{DataConverter: converter.GetDefaultDataConverter(), release: make(chan struct{})}
	ended := make(chan struct{})
	run := code(func(ctx workflow.Context, _ string) (string, error) {
		defer close(ended)
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		for i := range 20 {
			future := workflow.ExecuteActivity(ctx, coroutines.Charge, i)
			_ = workflow.UpsertMemo(ctx, map[string]any{"late": i})
			if err := future.Get(ctx, nil); err != nil {
				return "", err
			}
		}
		return "", nil
	})
	recorder := trace.NewRecorder(worker.WorkflowReplayerOptions{DataConverter: dc})
	replayer, err := worker.NewWorkflowReplayerWithOptions(recorder.Options())
	require.NoError(t, err)
	run(replayer)
	err = replayer.ReplayWorkflowHistoryWithOptions(silent, proto.CloneOf(r.History),
		worker.ReplayWorkflowHistoryOptions{})
	require.ErrorContains(t, err, "deadlock")

	tr := compare.Align(recorder.Trace(), r.History.GetEvents(), false)
	calls := len(tr.Calls)
	close(dc.release)
	for range 100 {
		_ = compared(tr)
		_ = tr.Tasks()
		time.Sleep(time.Millisecond)
	}
	<-ended
	require.Len(t, compare.Align(recorder.Trace(), r.History.GetEvents(), false).Calls, calls)
}

// TestSideBySide traces one recording on many goroutines, for the race detector.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	r := recording(t, "coroutines/base.go")
	bound := rewritten(t, recording(t, "coroutines/base.go"), boundTo(r.WorkflowID))
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			r, options := r, worker.WorkflowReplayerOptions{}
			if i%2 == 0 {
				r, options = bound, worker.WorkflowReplayerOptions{DataConverter: boundConverter}
			}
			tr, err := replay(t, stage(t, "base"), r, options)
			if err != nil || len(differences(tr)) > 0 {
				t.Errorf("%v %v", err, differences(tr))
			}
		})
	}
	group.Wait()
}
