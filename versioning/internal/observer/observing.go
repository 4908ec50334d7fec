package observer

import (
	"context"
	"slices"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Plugin returns the plugin that takes part in a replay. It is the last plugin of the replay.
func (o *Observer) Plugin() worker.Plugin { return &observing{observer: o} }

// observing puts the observer around the interceptors of the user's, those of
// plugins included. The last interceptor is the first to see a call of workflow
// code, and so names activities as a live Worker does before it asks any
// interceptor; the first one is the last to see what the workflow returns
// (newWorkflowContext in the SDK's internal/internal_workflow.go).
type observing struct {
	worker.PluginBase
	observer *Observer
}

func (p *observing) Name() string { return "replaymatrix.replay" }

func (p *observing) ConfigureWorkflowReplayer(_ context.Context,
	configured worker.PluginConfigureWorkflowReplayerOptions) error {
	options := configured.WorkflowReplayerOptions
	options.DataConverter,
		options.FailureConverter = p.observer.namedConverters(options.DataConverter, options.FailureConverter)
	p.observer.converter = options.DataConverter
	options.Interceptors = slices.Concat([]interceptor.WorkerInterceptor{&endObserver{observer: p.observer}},
		options.Interceptors, []interceptor.WorkerInterceptor{p.observer})
	return nil
}

// endObserver notes what becomes of the workflow function.
type endObserver struct {
	interceptor.WorkerInterceptorBase
	observer *Observer
}

func (e *endObserver) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &endInbound{observer: e.observer}
	in.Next = next
	return in
}

type endInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	observer *Observer
}

func (in *endInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	out := &unnamedOutbound{observer: in.observer}
	out.Next = outbound
	return in.Next.Init(out)
}

func (in *endInbound) ExecuteUpdate(ctx workflow.Context, input *interceptor.UpdateInput) (any, error) {
	return in.Next.ExecuteUpdate(in.observer.named(ctx), input)
}

func (in *endInbound) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	ctx = in.observer.named(ctx)
	info := in.observer.info
	in.observer.note(func(o *Observer) {
		o.run.Reached = true
		o.converter = converter.WithDataConverterSerializationContext(o.converter,
			converter.WorkflowSerializationContext{
				Namespace: info.Namespace, WorkflowID: info.WorkflowExecution.ID,
			})
	})
	result, err := in.Next.ExecuteWorkflow(ctx, input)
	in.observer.note(func(o *Observer) {
		o.run.Ended, o.run.Err, o.run.Started = true, err, o.now()
	})
	return result, err
}
