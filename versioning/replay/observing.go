package replay

import (
	"context"
	"slices"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// observing puts the observer around the interceptors of the user's, those of
// plugins included. The last interceptor is the first to see a call of workflow
// code, and so names activities as a live Worker does before it asks any
// interceptor; the first one is the last to see what the workflow returns
// (newWorkflowContext in the SDK's internal/internal_workflow.go).
type observing struct {
	worker.PluginBase
	observer *observer
}

func (p *observing) Name() string { return "replaymatrix.replay" }

func (p *observing) ConfigureWorkflowReplayer(_ context.Context, configured worker.PluginConfigureWorkflowReplayerOptions) error {
	options := configured.WorkflowReplayerOptions
	p.observer.converter = options.DataConverter
	if p.observer.input != nil {
		dc := options.DataConverter
		if dc == nil {
			dc = converter.GetDefaultDataConverter()
		}
		options.DataConverter = &readingConverter{dc, p.observer.input}
	}
	options.Interceptors = slices.Concat([]interceptor.WorkerInterceptor{&endObserver{observer: p.observer}}, options.Interceptors, []interceptor.WorkerInterceptor{p.observer})
	return nil
}

// endObserver notes what becomes of the workflow function.
type endObserver struct {
	interceptor.WorkerInterceptorBase
	observer *observer
}

func (e *endObserver) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &endInbound{observer: e.observer}
	in.Next = next
	return in
}

type endInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	observer *observer
}

func (in *endInbound) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	if in.observer.input != nil {
		in.observer.input.reached()
	}
	info := workflow.GetInfo(ctx)
	in.observer.note(func(o *observer) {
		o.run.reached = true
		o.converter = converter.WithDataConverterSerializationContext(o.converter, converter.WorkflowSerializationContext{
			Namespace: info.Namespace, WorkflowID: info.WorkflowExecution.ID,
		})
	})
	result, err := in.Next.ExecuteWorkflow(ctx, input)
	in.observer.note(func(o *observer) { o.run.ended, o.run.err = true, err })
	return result, err
}
