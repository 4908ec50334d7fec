package observer

import (
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// The namespace of an execution is in no event, and the SDK's replayer has one of its
// own, whose name also turns its strict comparison of closed histories on
// (shouldForceReplayCheck in internal/internal_task_handlers.go). So the replayer keeps
// it, and what workflow code, interceptors and converters see of it is the real one.

// name gives the execution its namespace. The SDK keeps one WorkflowInfo for it, and code
// may hold on to it, since it tells how long the history is: a copy would stop telling.
func (o *Observer) name(info *workflow.Info) {
	if o.info = info; o.Namespace != "" {
		info.Namespace = o.Namespace
	}
}

// named gives the context the namespace, which is that of a child or of another workflow
// that code names no other for.
func (o *Observer) named(ctx workflow.Context) workflow.Context {
	if o.Namespace == "" || workflow.GetChildWorkflowOptions(ctx).Namespace != trace.ReplayNamespace {
		return ctx
	}
	return workflow.WithWorkflowNamespace(ctx, o.Namespace)
}

// unnamed is the way back: the SDK compares the namespaces of commands and events, and
// its own name fits all of them. Package trace compares them.
func (o *Observer) unnamed(ctx workflow.Context) workflow.Context {
	if o.Namespace == "" || workflow.GetChildWorkflowOptions(ctx).Namespace != o.Namespace {
		return ctx
	}
	return workflow.WithWorkflowNamespace(ctx, trace.ReplayNamespace)
}

// unnamedOutbound is next to the SDK.
type unnamedOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	observer *Observer
}

// ExecuteLocalActivity gives the execution the replayer's namespace during the call. By this
// namespace the SDK knows the replayer, in which a name needs no function (ExecuteLocalActivity in
// internal/workflow.go).
func (out *unnamedOutbound) ExecuteLocalActivity(ctx workflow.Context, activityType string,
	args ...any) workflow.Future {
	if info := out.observer.info; out.observer.Namespace != "" && info != nil {
		info.Namespace = trace.ReplayNamespace
		defer func() { info.Namespace = out.observer.Namespace }()
	}
	return out.Next.ExecuteLocalActivity(ctx, activityType, args...)
}

func (out *unnamedOutbound) ExecuteChildWorkflow(ctx workflow.Context, childType string,
	args ...any) workflow.ChildWorkflowFuture {
	return out.Next.ExecuteChildWorkflow(out.observer.unnamed(ctx), childType, args...)
}

func (out *unnamedOutbound) SignalExternalWorkflow(ctx workflow.Context, workflowID, runID, signal string,
	arg any) workflow.Future {
	return out.Next.SignalExternalWorkflow(out.observer.unnamed(ctx), workflowID, runID, signal, arg)
}

func (out *unnamedOutbound) SignalChildWorkflow(ctx workflow.Context, workflowID, signal string,
	arg any) workflow.Future {
	return out.Next.SignalChildWorkflow(out.observer.unnamed(ctx), workflowID, signal, arg)
}

func (out *unnamedOutbound) RequestCancelExternalWorkflow(ctx workflow.Context, workflowID,
	runID string) workflow.Future {
	return out.Next.RequestCancelExternalWorkflow(out.observer.unnamed(ctx), workflowID, runID)
}

// GetInfo notes the first line of code that asks for the WorkflowInfo, if the namespace is not
// known. The answer may be wrong then.
func (out *observedOutbound) GetInfo(ctx workflow.Context) *workflow.Info {
	if o := out.observer; o.Namespace == "" {
		var known bool
		o.note(func(o *Observer) { known = o.asksInfo != trace.Line{} })
		if !known {
			asked := trace.AskingLine()
			o.note(func(o *Observer) { o.asksInfo = asked })
		}
	}
	return out.Next.GetInfo(ctx)
}
