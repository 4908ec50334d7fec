package replay

import (
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// versionCalls notes in which workflow task each GetVersion call was made last.
// A call that the history holds no marker for leaves no other trace, and the
// SDK's error about it names no event. One replay uses one value.
type versionCalls struct {
	interceptor.WorkerInterceptorBase
	// taskStarted maps a change ID to the ID of a WorkflowTaskStarted event.
	taskStarted map[string]int64
}

func (c *versionCalls) InterceptWorkflow(ctx workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &versionCallsInbound{calls: c}
	in.Next = next
	return in
}

type versionCallsInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	calls *versionCalls
}

func (in *versionCallsInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	out := &versionCallsOutbound{calls: in.calls}
	out.Next = outbound
	return in.Next.Init(out)
}

type versionCallsOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	calls *versionCalls
}

func (out *versionCallsOutbound) GetVersion(ctx workflow.Context, changeID string, minSupported, maxSupported workflow.Version) workflow.Version {
	if out.calls.taskStarted == nil {
		out.calls.taskStarted = map[string]int64{}
	}
	// The SDK counts the history up to the start of the current task.
	out.calls.taskStarted[changeID] = int64(workflow.GetInfo(ctx).GetCurrentHistoryLength())
	return out.Next.GetVersion(ctx, changeID, minSupported, maxSupported)
}
