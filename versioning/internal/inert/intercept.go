package inert

import (
	"log/slog"
	"runtime"
	"slices"
	"strings"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/log"
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
	out.guard.of(info).note(func(n *Notes) {
		if n.AsksInfo == (trace.Line{}) {
			n.AsksInfo = trace.AskingLine()
		}
	})
	return info
}

var silent = log.NewStructuredLogger(slog.New(slog.DiscardHandler))

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
	out   *innerOutbound
}

func (in *innerInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	in.out = &innerOutbound{guard: in.guard}
	in.out.Next = outbound
	return in.Next.Init(in.out)
}

type innerOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	guard *Guard
}

// run is that of the context. The SDK's own GetInfo is asked, which no interceptor hears.
func (out *innerOutbound) run(ctx workflow.Context) *Run {
	return out.guard.of(out.Next.GetInfo(ctx))
}

// IsReplaying says that the code replays: what it does only when it does not is no part of what the
// history would have, and must not happen. The SDK itself gets the truth: it asks before it lets a
// validator decide about an update (defaultUpdateHandler in its internal/internal_update.go).
func (out *innerOutbound) IsReplaying(ctx workflow.Context) bool {
	return !asksItself() || out.Next.IsReplaying(ctx)
}

// asksItself reports whether the SDK has called its own function IsReplaying.
func asksItself() bool {
	const sdk = "go.temporal.io/sdk/internal."
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		if frame.Function == sdk+"IsReplaying" && more {
			frame, _ = frames.Next()
			return strings.HasPrefix(frame.Function, sdk)
		}
		if !more {
			return false
		}
	}
}

// GetLogger gives a logger that writes nothing.
func (out *innerOutbound) GetLogger(workflow.Context) log.Logger { return silent }

// GetMetricsHandler gives a handler that measures nothing.
func (out *innerOutbound) GetMetricsHandler(workflow.Context) client.MetricsHandler {
	return client.MetricsNopHandler
}

func (out *innerOutbound) GetSignalChannel(ctx workflow.Context, name string) workflow.ReceiveChannel {
	out.calls(ctx, seen, "")
	out.run(ctx).note(func(n *Notes) { n.Signals = once(n.Signals, name) })
	return out.Next.GetSignalChannel(ctx, name)
}

func (out *innerOutbound) GetSignalChannelWithOptions(ctx workflow.Context, name string,
	options workflow.SignalChannelOptions) workflow.ReceiveChannel {
	out.calls(ctx, seen, "")
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
