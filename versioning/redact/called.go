package redact

import (
	"fmt"
	"slices"
	"sync/atomic"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A NotCalledError says that no stage has called the workflow function: its type is not registered, its input does not
// decode, or something fails before. What replays as before then replays so with any values in it. Nothing was redacted.
type NotCalledError struct {
	// Recording is the name of the recording.
	Recording string
	// Why is the reason, in view of the first stage.
	Why string
}

func (e *NotCalledError) Error() string {
	return fmt.Sprintf("redacting %s: no stage calls its workflow function, so nothing tells which values the code needs: %s; "+
		"redact it with the stages, the data converter and the interceptors of its Workers", e.Recording, e.Why)
}

// called notes whether a workflow function is called. As the innermost interceptor it is behind all that can fail before.
type called struct {
	interceptor.WorkerInterceptorBase
	is atomic.Bool
}

func (c *called) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &calledInbound{called: c}
	in.Next = next
	return in
}

type calledInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	called *called
}

func (in *calledInbound) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	in.called.is.Store(true)
	return in.Next.ExecuteWorkflow(ctx, input)
}

// watched is the config with the interceptor.
func (c *called) watched(config replay.Config) replay.Config {
	config.Worker.Interceptors = append(slices.Clip(config.Worker.Interceptors), c)
	return config
}

// whyNot says why the function was not called, in view of the first stage.
func whyNot(r *history.Recording, result replay.Result) string {
	switch result.Verdict {
	case replay.Unregistered:
		return fmt.Sprintf("the workflow type %q is not registered", r.WorkflowType())
	case replay.Unstarted:
		return "no Workflow Task of it has completed"
	default:
		return "its input is not decoded, or an interceptor fails before"
	}
}
