package rehearse_test

import (
	"context"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

const intercepts = "interceptors of workflows: InterceptWorkflow, inbound and outbound methods"

type hostileInterceptor struct {
	interceptor.WorkerInterceptorBase
	h *hostile
}

func (i *hostileInterceptor) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	i.h.acts(intercepts)
	in := &hostileInbound{h: i.h}
	in.Next = next
	return in
}

func (i *hostileInterceptor) InterceptActivity(_ context.Context,
	next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	i.h.acts("InterceptActivity")
	in := &hostileActivity{h: i.h}
	in.Next = next
	return in
}

func (i *hostileInterceptor) InterceptNexusOperation(_ context.Context,
	next interceptor.NexusOperationInboundInterceptor) interceptor.NexusOperationInboundInterceptor {
	i.h.acts("InterceptNexusOperation")
	return next
}

type hostileActivity struct {
	interceptor.ActivityInboundInterceptorBase
	h *hostile
}

func (in *hostileActivity) Init(out interceptor.ActivityOutboundInterceptor) error {
	in.h.acts("activity interceptor")
	return in.Next.Init(out)
}

func (in *hostileActivity) ExecuteActivity(ctx context.Context, i *interceptor.ExecuteActivityInput) (any, error) {
	in.h.acts("activity interceptor")
	return in.Next.ExecuteActivity(ctx, i)
}

type hostileInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	h *hostile
}

func (in *hostileInbound) Init(out interceptor.WorkflowOutboundInterceptor) error {
	in.h.acts(intercepts)
	o := &hostileOutbound{h: in.h}
	o.Next = out
	return in.Next.Init(o)
}

func (in *hostileInbound) ExecuteWorkflow(ctx workflow.Context, i *interceptor.ExecuteWorkflowInput) (any, error) {
	in.h.onlyLive(ctx)
	defer in.h.onlyLive(ctx)
	return in.Next.ExecuteWorkflow(ctx, i)
}

func (in *hostileInbound) HandleSignal(ctx workflow.Context, i *interceptor.HandleSignalInput) error {
	in.h.onlyLive(ctx)
	return in.Next.HandleSignal(ctx, i)
}

func (in *hostileInbound) ExecuteUpdate(ctx workflow.Context, i *interceptor.UpdateInput) (any, error) {
	in.h.onlyLive(ctx)
	return in.Next.ExecuteUpdate(ctx, i)
}

func (in *hostileInbound) ValidateUpdate(ctx workflow.Context, i *interceptor.UpdateInput) error {
	in.h.onlyLive(ctx)
	return in.Next.ValidateUpdate(ctx, i)
}

type hostileOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	h *hostile
}

func (out *hostileOutbound) ExecuteLocalActivity(ctx workflow.Context, name string, args ...any) workflow.Future {
	out.h.onlyLive(ctx)
	return out.Next.ExecuteLocalActivity(ctx, name, args...)
}

const spans = "the spans RunWorkflow, ValidateUpdate and HandleUpdate of the SDK's tracing interceptor"

type hostileTracer struct {
	interceptor.BaseTracer
	h *hostile
}

type hostileSpan struct{}

func (hostileSpan) Finish(*interceptor.TracerFinishSpanOptions) {}

func (u *hostileTracer) Options() interceptor.TracerOptions {
	return interceptor.TracerOptions{SpanContextKey: hostileSpan{}, HeaderKey: "trace"}
}

func (u *hostileTracer) UnmarshalSpan(map[string]string) (interceptor.TracerSpanRef, error) {
	return hostileSpan{}, nil
}

func (u *hostileTracer) MarshalSpan(interceptor.TracerSpan) (map[string]string, error) {
	return map[string]string{"span": "1"}, nil
}

func (u *hostileTracer) SpanFromContext(context.Context) interceptor.TracerSpan { return hostileSpan{} }

func (u *hostileTracer) ContextWithSpan(ctx context.Context, _ interceptor.TracerSpan) context.Context {
	return ctx
}

func (u *hostileTracer) StartSpan(o *interceptor.TracerStartSpanOptions) (interceptor.TracerSpan, error) {
	switch o.Operation {
	case "RunWorkflow", "ValidateUpdate", "HandleUpdate":
		u.h.acts(spans)
	default:
		u.h.acts("span " + o.Operation)
	}
	return hostileSpan{}, nil
}
