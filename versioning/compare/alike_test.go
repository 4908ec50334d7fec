package compare_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// TestRecorderIsNoDifference is about what the recorder asks a user's code for once
// more than the SDK does: that must not change what the replay comes to.
func TestRecorderIsNoDifference(t *testing.T) {
	t.Parallel()
	base, ok := mistakes.Family.Stage("base")
	require.True(t, ok)
	t.Run("memo", func(t *testing.T) {
		t.Parallel()
		r := recording(t, "mistakes/base.memo")
		dc := &once{DataConverter: converter.GetDefaultDataConverter(), seen: map[any]bool{}}
		recorder := trace.NewRecorder(worker.WorkflowReplayerOptions{DataConverter: dc})
		replayer, err := worker.NewWorkflowReplayerWithOptions(recorder.Options())
		require.NoError(t, err)
		base.Register(replayer)
		require.NoError(t, replayer.ReplayWorkflowHistoryWithOptions(silent, r.History,
			worker.ReplayWorkflowHistoryOptions{
				OriginalExecution: workflow.Execution{ID: r.WorkflowID, RunID: r.RunID},
			}))
		require.NotEmpty(t, dc.seen, "the test is blind")
		tr := compare.Align(recorder.Trace(), recording(t, "mistakes/base.memo").History.GetEvents(), true)
		require.Empty(t, differences(tr), "what was not seen is not compared")
	})
	t.Run("failure", func(t *testing.T) {
		t.Parallel()
		run := code(func(workflow.Context, string) (string, error) {
			return "", temporal.NewApplicationError("refused", "Refused", 1)
		})
		tr, err := replay(t, run, recording(t, "coroutines/base.loop"),
			worker.WorkflowReplayerOptions{FailureConverter: wary{}})
		require.Error(t, err, "the history goes on")
		require.NotEmpty(t, tr.Calls)
	})
}

// wary panics for every failure.
type wary struct{ converter.FailureConverter }

func (wary) ErrorToFailure(error) *failurepb.Failure { panic("not this one") }

// once encodes each value only once, and fails after that.
type once struct {
	converter.DataConverter
	mu   sync.Mutex
	seen map[any]bool
}

func (o *once) ToPayload(value any) (*commonpb.Payload, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen[value] {
		panic("encoded twice")
	}
	o.seen[value] = true
	return o.DataConverter.ToPayload(value)
}
