package replay

import (
	"cmp"
	"strings"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// The namespace of an execution is in no event, and the SDK's replayer has one of its
// own, whose name also turns its strict comparison of closed histories on
// (shouldForceReplayCheck in internal/internal_task_handlers.go). So the replayer keeps
// it, and what workflow code, interceptors and converters see of it is the real one.

// namespace is that of the recording, "" if nobody knows.
func (c *cell) namespace() string {
	return cmp.Or(c.recording.Namespace, c.opts.DefaultNamespace)
}

// name gives the execution its namespace. The SDK keeps one WorkflowInfo for it, and code
// may hold on to it, since it tells how long the history is: a copy would stop telling.
func (o *observer) name(info *workflow.Info) {
	if o.info = info; o.namespace != "" {
		info.Namespace = o.namespace
	}
}

// named gives the context the namespace, which is that of a child or of another workflow
// that code names no other for.
func (o *observer) named(ctx workflow.Context) workflow.Context {
	if o.namespace == "" || workflow.GetChildWorkflowOptions(ctx).Namespace != trace.ReplayNamespace {
		return ctx
	}
	return workflow.WithWorkflowNamespace(ctx, o.namespace)
}

// unnamed is the way back: the SDK compares the namespaces of commands and events, and
// its own name fits all of them. Package trace compares them.
func (o *observer) unnamed(ctx workflow.Context) workflow.Context {
	if o.namespace == "" || workflow.GetChildWorkflowOptions(ctx).Namespace != o.namespace {
		return ctx
	}
	return workflow.WithWorkflowNamespace(ctx, trace.ReplayNamespace)
}

// unnamedOutbound is next to the SDK.
type unnamedOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	observer *observer
}

// ExecuteLocalActivity needs no function for a name in the replayer, which the SDK knows
// by the namespace (ExecuteLocalActivity in internal/workflow.go).
func (out *unnamedOutbound) ExecuteLocalActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	if info := out.observer.info; out.observer.namespace != "" && info != nil {
		info.Namespace = trace.ReplayNamespace
		defer func() { info.Namespace = out.observer.namespace }()
	}
	return out.Next.ExecuteLocalActivity(ctx, activityType, args...)
}

func (out *unnamedOutbound) ExecuteChildWorkflow(ctx workflow.Context, childType string, args ...any) workflow.ChildWorkflowFuture {
	return out.Next.ExecuteChildWorkflow(out.observer.unnamed(ctx), childType, args...)
}

func (out *unnamedOutbound) SignalExternalWorkflow(ctx workflow.Context, workflowID, runID, signal string, arg any) workflow.Future {
	return out.Next.SignalExternalWorkflow(out.observer.unnamed(ctx), workflowID, runID, signal, arg)
}

func (out *unnamedOutbound) SignalChildWorkflow(ctx workflow.Context, workflowID, signal string, arg any) workflow.Future {
	return out.Next.SignalChildWorkflow(out.observer.unnamed(ctx), workflowID, signal, arg)
}

func (out *unnamedOutbound) RequestCancelExternalWorkflow(ctx workflow.Context, workflowID, runID string) workflow.Future {
	return out.Next.RequestCancelExternalWorkflow(out.observer.unnamed(ctx), workflowID, runID)
}

// GetInfo notes the first line of code that asks, where the answer may be wrong.
func (out *observedOutbound) GetInfo(ctx workflow.Context) *workflow.Info {
	if o := out.observer; o.namespace == "" {
		var known bool
		o.note(func(o *observer) { known = o.asksInfo != trace.Line{} })
		if !known {
			asked := trace.AskingLine()
			o.note(func(o *observer) { o.asksInfo = asked })
		}
	}
	return out.Next.GetInfo(ctx)
}

// tellNamespace says where code asks for the namespace and nobody knows it. Most code
// asks for something else that GetInfo has, so the cause says it where the replayer's
// name shows, or where nothing else explains the divergence; the note always does.
func (c *cell) tellNamespace(result *Result, seen *observer) {
	var asks trace.Line
	seen.note(func(o *observer) { asks = o.asksInfo })
	if c.namespace() != "" || asks == (trace.Line{}) {
		return
	}
	result.Notes = append(result.Notes, Note{Kind: NamespaceUnknown, Source: asks.String()})
	shown := result.Cause.showsNamespace()
	if (result.Verdict == Drift || result.Verdict == Nondeterministic) && (shown || c.unexplained(*result, seen)) {
		result.Cause.Namespace = &NamespaceHint{Shown: shown, Source: asks.String()}
	}
}

// showsNamespace reports whether the replayer's name is in what differs.
func (c *Cause) showsNamespace() bool {
	p := c.Parting
	if p == nil {
		return false
	}
	for _, s := range []*compare.Side{p.Recorded, p.Now, p.Instead, p.Elsewhere} {
		if s != nil && strings.Contains(s.String(), trace.ReplayNamespace) {
			return true
		}
	}
	return p.Difference != nil && (strings.Contains(p.Difference.Now, trace.ReplayNamespace) || strings.Contains(p.Difference.Recorded, trace.ReplayNamespace))
}

// unexplained reports whether nothing else is known that decides the divergence.
func (c *cell) unexplained(result Result, seen *observer) bool {
	v := c.versions(seen)
	switch v.decides(events.ByID(v.events, result.Divergence.Event)).Kind {
	case OwnCode, OwnCodeLast, Unversioned, PerhapsDefault:
		return true
	default:
		return false
	}
}
