package trace

import (
	"strconv"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

type outbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	recorder *Recorder
}

func (out *outbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	c := out.recorder.call(ctx, Activity, activityType)
	future := out.Next.ExecuteActivity(ctx, activityType, args...)
	c.activity(ctx, out.recorder.end(c), len(args))
	return future
}

func (out *outbound) ExecuteLocalActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	c := out.recorder.call(ctx, LocalActivity, activityType)
	c.Local = &LocalCall{Input: out.recorder.encode(args), Options: workflow.GetLocalActivityOptions(ctx)}
	future := out.Next.ExecuteLocalActivity(ctx, activityType, args...)
	out.recorder.end(c)
	return future
}

func (out *outbound) ExecuteChildWorkflow(ctx workflow.Context, workflowType string, args ...any) workflow.ChildWorkflowFuture {
	c := out.recorder.call(ctx, ChildWorkflow, workflowType)
	future := out.Next.ExecuteChildWorkflow(ctx, workflowType, args...)
	// The last that is encoded for a Child Workflow with a memo is not its input.
	c.childWorkflow(ctx, out.recorder, out.recorder.end(c), len(args))
	return future
}

func (out *outbound) ExecuteNexusOperation(ctx workflow.Context, input interceptor.ExecuteNexusOperationInput) workflow.NexusOperationFuture {
	c := out.recorder.call(ctx, NexusOperation, operationName(input.Operation))
	future := out.Next.ExecuteNexusOperation(ctx, input)
	c.nexusOperation(input, out.recorder.end(c))
	return future
}

func (out *outbound) NewTimer(ctx workflow.Context, d time.Duration) workflow.Future {
	c := out.recorder.call(ctx, Timer, "")
	future := out.Next.NewTimer(ctx, d)
	out.recorder.end(c)
	c.timer(d)
	return future
}

func (out *outbound) NewTimerWithOptions(ctx workflow.Context, d time.Duration, options workflow.TimerOptions) workflow.Future {
	c := out.recorder.call(ctx, Timer, "")
	future := out.Next.NewTimerWithOptions(ctx, d, options)
	out.recorder.end(c)
	c.timer(d)
	return future
}

func (out *outbound) SignalExternalWorkflow(ctx workflow.Context, workflowID, runID, signal string, arg any) workflow.Future {
	c := out.recorder.call(ctx, SignalExternal, signal)
	future := out.Next.SignalExternalWorkflow(ctx, workflowID, runID, signal, arg)
	c.signalExternal(ctx, workflowID, runID, false, out.recorder.end(c), future)
	return future
}

func (out *outbound) SignalChildWorkflow(ctx workflow.Context, workflowID, signal string, arg any) workflow.Future {
	c := out.recorder.call(ctx, SignalExternal, signal)
	future := out.Next.SignalChildWorkflow(ctx, workflowID, signal, arg)
	c.signalExternal(ctx, workflowID, "", true, out.recorder.end(c), future)
	return future
}

func (out *outbound) RequestCancelExternalWorkflow(ctx workflow.Context, workflowID, runID string) workflow.Future {
	c := out.recorder.call(ctx, CancelExternal, workflowID)
	future := out.Next.RequestCancelExternalWorkflow(ctx, workflowID, runID)
	out.recorder.end(c)
	c.cancelExternal(ctx, workflowID, runID, future)
	return future
}

func (out *outbound) SideEffect(ctx workflow.Context, f func(workflow.Context) any) converter.EncodedValue {
	c := out.recorder.call(ctx, SideEffect, "")
	c.made, c.err = true, errPanicked
	value := out.Next.SideEffect(ctx, f)
	out.recorder.end(c)
	c.err = nil
	return &watchedValue{value, c}
}

func (out *outbound) SideEffectWithOptions(ctx workflow.Context, options workflow.SideEffectOptions, f func(workflow.Context) any) converter.EncodedValue {
	c := out.recorder.call(ctx, SideEffect, options.Summary)
	c.made, c.err = true, errPanicked
	value := out.Next.SideEffectWithOptions(ctx, options, f)
	out.recorder.end(c)
	c.err = nil
	return &watchedValue{value, c}
}

func (out *outbound) MutableSideEffect(ctx workflow.Context, id string, f func(workflow.Context) any, equals func(a, b any) bool) converter.EncodedValue {
	c := out.mutableSideEffect(ctx, id)
	value := out.Next.MutableSideEffect(ctx, id, f, equals)
	out.recorder.end(c)
	c.err = nil
	return &watchedValue{value, c}
}

func (out *outbound) MutableSideEffectWithOptions(ctx workflow.Context, id string, options workflow.MutableSideEffectOptions, f func(workflow.Context) any, equals func(a, b any) bool) converter.EncodedValue {
	c := out.mutableSideEffect(ctx, id)
	value := out.Next.MutableSideEffectWithOptions(ctx, id, options, f, equals)
	out.recorder.end(c)
	c.err = nil
	return &watchedValue{value, c}
}

func (out *outbound) mutableSideEffect(ctx workflow.Context, id string) *Call {
	c := out.recorder.begin(ctx, MutableSideEffect, id)
	c.place = here(out.recorder.interceptors)
	out.recorder.mutable[id]++
	c.count = out.recorder.mutable[id]
	c.made, c.err = true, errPanicked
	return c
}

func (out *outbound) GetVersion(ctx workflow.Context, changeID string, minSupported, maxSupported workflow.Version) workflow.Version {
	c := out.recorder.call(ctx, GetVersion, changeID)
	c.Min, c.Max = int(minSupported), int(maxSupported)
	c.err = errOutOfRange // the SDK panics if it is
	version := out.Next.GetVersion(ctx, changeID, minSupported, maxSupported)
	out.recorder.end(c)
	c.Version, c.err = int(version), nil
	return version
}

func (out *outbound) UpsertSearchAttributes(ctx workflow.Context, attributes map[string]any) error {
	c := out.recorder.call(ctx, SearchAttributes, "")
	err := out.Next.UpsertSearchAttributes(ctx, attributes)
	out.recorder.end(c)
	c.searchAttributes(untyped(attributes), err)
	return err
}

func (out *outbound) UpsertTypedSearchAttributes(ctx workflow.Context, updates ...temporal.SearchAttributeUpdate) error {
	c := out.recorder.call(ctx, SearchAttributes, "")
	err := out.Next.UpsertTypedSearchAttributes(ctx, updates...)
	out.recorder.end(c)
	for _, update := range updates {
		if temporal.NewSearchAttributes(update).Size() == 0 {
			c.unset++ // and which one it is, the SDK does not tell
		}
	}
	c.searchAttributes(typed(temporal.NewSearchAttributes(updates...)), err)
	return err
}

func (out *outbound) UpsertMemo(ctx workflow.Context, memo map[string]any) error {
	c := out.recorder.call(ctx, Memo, "")
	err := out.Next.UpsertMemo(ctx, memo)
	out.recorder.end(c)
	c.memo(out.recorder, memo, err)
	return err
}

func (out *outbound) SetQueryHandler(ctx workflow.Context, query string, handler any) error {
	c := out.recorder.call(ctx, QueryHandler, query)
	c.err = out.Next.SetQueryHandler(ctx, query, handler)
	out.recorder.end(c)
	return c.err
}

func (out *outbound) SetQueryHandlerWithOptions(ctx workflow.Context, query string, handler any, options workflow.QueryHandlerOptions) error {
	c := out.recorder.call(ctx, QueryHandler, query)
	c.err = out.Next.SetQueryHandlerWithOptions(ctx, query, handler, options)
	out.recorder.end(c)
	return c.err
}

func (out *outbound) SetUpdateHandler(ctx workflow.Context, update string, handler any, options workflow.UpdateHandlerOptions) error {
	c := out.recorder.call(ctx, UpdateHandler, update)
	c.err = out.Next.SetUpdateHandler(ctx, update, handler, options)
	out.recorder.end(c)
	return c.err
}

// watchedValue notes a recorded value that the code cannot read: it is then not
// the one that the call has made.
type watchedValue struct {
	converter.EncodedValue
	call *Call
}

func (v *watchedValue) Get(to any) error {
	err := v.EncodedValue.Get(to)
	if err != nil && v.call.err == nil {
		v.call.err = err
	}
	return err
}

func operationName(operation any) string {
	switch o := operation.(type) {
	case string:
		return o
	case interface{ Name() string }:
		return o.Name()
	}
	return ""
}

func one(p *commonpb.Payloads) *commonpb.Payload {
	if len(p.GetPayloads()) == 1 {
		return p.GetPayloads()[0]
	}
	return nil
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
