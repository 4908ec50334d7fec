package inert

import (
	"slices"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// outer sees what workflow code does before the interceptors of the user's.
type outer struct {
	interceptor.WorkerInterceptorBase
	guard *Guard
}

func (o *outer) InterceptWorkflow(ctx workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	o.guard.Began(workflow.GetInfo(ctx)) // the first interceptor that is asked
	in := &outerInbound{guard: o.guard}
	in.Next = next
	return in
}

type outerInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	guard *Guard
}

func (in *outerInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	out := &outerOutbound{guard: in.guard}
	out.Next = outbound
	return in.Next.Init(out)
}

type outerOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	guard *Guard
}

func (out *outerOutbound) alias(activityType string) string {
	if name, ok := out.guard.Aliases[activityType]; ok {
		return name
	}
	return activityType
}

// ExecuteActivity gives the activity the name under which a live Worker schedules it: no activities
// are registered here.
func (out *outerOutbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	return out.Next.ExecuteActivity(ctx, out.alias(activityType), args...)
}

func (out *outerOutbound) ExecuteLocalActivity(ctx workflow.Context, activityType string,
	args ...any) workflow.Future {
	return out.Next.ExecuteLocalActivity(ctx, out.alias(activityType), args...)
}

func (out *outerOutbound) GetInfo(ctx workflow.Context) *workflow.Info {
	info := out.Next.GetInfo(ctx)
	out.guard.mu.Lock()
	run := out.guard.runs[info]
	out.guard.mu.Unlock()
	run.note(func(n *Notes) {
		if n.AsksInfo == (trace.Line{}) {
			n.AsksInfo = trace.AskingLine()
		}
	})
	return info
}

// inner is next to the SDK: it answers whatever interceptors of the user's have made of a call.
type inner struct {
	interceptor.WorkerInterceptorBase
	guard *Guard
}

func (i *inner) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &innerInbound{guard: i.guard}
	in.Next = next
	return in
}

type innerInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	guard *Guard
}

func (in *innerInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	out := &innerOutbound{guard: in.guard}
	out.Next = outbound
	return in.Next.Init(out)
}

type innerOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	guard *Guard
}

// run is that of the context. The SDK's own GetInfo is asked, which no interceptor hears.
func (out *innerOutbound) run(ctx workflow.Context) *Run {
	info := out.Next.GetInfo(ctx)
	out.guard.mu.Lock()
	defer out.guard.mu.Unlock()
	return out.guard.runs[info]
}

// IsReplaying says that the code replays: what it does only when it does not is no part of what the
// history would have, and must not happen.
func (out *innerOutbound) IsReplaying(workflow.Context) bool { return true }

// ExecuteLocalActivity asks for one attempt: a failure that is recorded is the last one. Whether the
// task knows the result is decided here and not where the activity would run: it does not run if its
// context is cancelled first, and in which order cancelled ones come back is a race.
func (out *innerOutbound) ExecuteLocalActivity(ctx workflow.Context, activityType string,
	args ...any) workflow.Future {
	if run := out.run(ctx); !out.Next.IsReplaying(ctx) {
		run.goOn()
		if run != nil && !run.expects(activityType) {
			run.stop(Unknown{Kind: trace.LocalActivity, Name: activityType})
		}
		options := workflow.GetLocalActivityOptions(ctx)
		options.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 1}
		ctx = workflow.WithLocalActivityOptions(ctx, options)
	}
	return out.asReplayer(ctx, func() workflow.Future {
		return out.Next.ExecuteLocalActivity(ctx, activityType, args...)
	})
}

// asReplayer gives the execution the replayer's namespace during the call. By this namespace the
// SDK knows the replayer, in which a name needs no function (ExecuteLocalActivity in
// internal/workflow.go): activities are not registered here, and none runs.
func (out *innerOutbound) asReplayer(ctx workflow.Context, call func() workflow.Future) workflow.Future {
	info := out.Next.GetInfo(ctx)
	namespace := info.Namespace
	info.Namespace = trace.ReplayNamespace
	defer func() { info.Namespace = namespace }()
	return call()
}

func (out *innerOutbound) GetSignalChannel(ctx workflow.Context, name string) workflow.ReceiveChannel {
	out.run(ctx).note(func(n *Notes) { n.Signals = once(n.Signals, name) })
	return out.Next.GetSignalChannel(ctx, name)
}

func (out *innerOutbound) GetSignalChannelWithOptions(ctx workflow.Context, name string,
	options workflow.SignalChannelOptions) workflow.ReceiveChannel {
	out.run(ctx).note(func(n *Notes) { n.Signals = once(n.Signals, name) })
	return out.Next.GetSignalChannelWithOptions(ctx, name, options)
}

func (out *innerOutbound) SetUpdateHandler(ctx workflow.Context, name string, handler any,
	options workflow.UpdateHandlerOptions) error {
	out.run(ctx).note(func(n *Notes) { n.Updates = once(n.Updates, name) })
	return out.Next.SetUpdateHandler(ctx, name, handler, options)
}

func (r *Run) note(what func(*Notes)) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	what(&r.notes)
}

func once(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}
