package workflows_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// replaysAlone reports whether the SDK replays the first events of the recording, and
// the code has not ended by then: the SDK takes no notice of that.
func replaysAlone(
	t *testing.T, options worker.WorkflowReplayerOptions, stage versioning.Stage, r *history.Recording, events int64,
) bool {
	t.Helper()
	replays := func() (bool, error) {
		var ended endedCode
		options := options
		options.Interceptors = append(slices.Clone(options.Interceptors), &ended)
		replayer, err := worker.NewWorkflowReplayerWithOptions(options)
		require.NoError(t, err)
		stage.Register(replayer)
		prefix := proto.CloneOf(&historypb.History{Events: r.History.GetEvents()[:events]})
		err = replayer.ReplayWorkflowHistoryWithOptions(bench.Quiet, prefix, worker.ReplayWorkflowHistoryOptions{
			OriginalExecution: workflow.Execution{ID: r.WorkflowID, RunID: r.RunID},
		})
		return err == nil && !ended.Load(), err
	}
	accepted, err := replays()
	if err != nil && strings.Contains(err.Error(), "TMPRL1101") {
		accepted, _ = replays() // on a loaded machine innocent code can need more than the second that the SDK gives it
	}
	return accepted
}

// endedCode is true when the workflow function has returned.
type endedCode struct {
	interceptor.WorkerInterceptorBase
	atomic.Bool
}

func (e *endedCode) InterceptWorkflow(
	_ workflow.Context, next interceptor.WorkflowInboundInterceptor,
) interceptor.WorkflowInboundInterceptor {
	return &endedInbound{interceptor.WorkflowInboundInterceptorBase{Next: next}, e}
}

type endedInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	ended *endedCode
}

func (e *endedInbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	result, err := e.Next.ExecuteWorkflow(ctx, in)
	e.ended.Store(true)
	return result, err
}
