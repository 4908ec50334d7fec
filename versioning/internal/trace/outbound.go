package trace

import (
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

type outbound struct{ watching }

func (out *outbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	c := out.recorder.call(ctx, &Call{Kind: Activity, Name: activityType})
	future := out.Next.ExecuteActivity(ctx, activityType, args...)
	out.recorder.end(func(h heard) { c.activity(ctx, h, len(args)) })
	return future
}

func (out *outbound) ExecuteLocalActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	local := &LocalCall{Input: out.recorder.encode(args), Options: workflow.GetLocalActivityOptions(ctx)}
	out.recorder.call(ctx, &Call{Kind: LocalActivity, Name: activityType, Local: local})
	future := out.Next.ExecuteLocalActivity(ctx, activityType, args...)
	out.recorder.end(func(heard) {})
	return future
}

func (out *outbound) ExecuteChildWorkflow(ctx workflow.Context, workflowType string,
	args ...any) workflow.ChildWorkflowFuture {
	c := out.recorder.call(ctx, &Call{Kind: ChildWorkflow, Name: workflowType})
	watched := &cancelWatch{Context: ctx, recorder: out.recorder}
	future := out.Next.ExecuteChildWorkflow(watched, workflowType, args...)
	watched.child = c
	memo := out.recorder.memoOf(workflow.GetChildWorkflowOptions(ctx).Memo)
	out.recorder.end(func(h heard) { c.childWorkflow(ctx, out.recorder.info, h, len(args), memo) })
	return future
}

func (out *outbound) ExecuteNexusOperation(ctx workflow.Context,
	input interceptor.ExecuteNexusOperationInput) workflow.NexusOperationFuture {
	c := out.recorder.call(ctx, &Call{Kind: NexusOperation, Name: OperationName(input.Operation)})
	future := out.Next.ExecuteNexusOperation(ctx, input)
	out.recorder.end(func(h heard) { c.nexusOperation(input, h) })
	return future
}

func (out *outbound) NewTimer(ctx workflow.Context, d time.Duration) workflow.Future {
	c := out.recorder.call(ctx, &Call{Kind: Timer})
	future := out.Next.NewTimer(ctx, d)
	out.recorder.end(func(heard) { c.timer(d) })
	return future
}

func (out *outbound) NewTimerWithOptions(ctx workflow.Context, d time.Duration,
	options workflow.TimerOptions) workflow.Future {
	c := out.recorder.call(ctx, &Call{Kind: Timer})
	future := out.Next.NewTimerWithOptions(ctx, d, options)
	out.recorder.end(func(heard) { c.timer(d) })
	return future
}

func (out *outbound) SignalExternalWorkflow(ctx workflow.Context, workflowID, runID, signal string,
	arg any) workflow.Future {
	c := out.recorder.call(ctx, &Call{Kind: SignalExternal, Name: signal})
	future := out.Next.SignalExternalWorkflow(ctx, workflowID, runID, signal, arg)
	out.recorder.end(func(h heard) { c.signalExternal(ctx, out.recorder.info, workflowID, runID, false, h, future) })
	return future
}

func (out *outbound) SignalChildWorkflow(ctx workflow.Context, workflowID, signal string, arg any) workflow.Future {
	c := out.recorder.call(ctx, &Call{Kind: SignalExternal, Name: signal})
	future := out.Next.SignalChildWorkflow(ctx, workflowID, signal, arg)
	out.recorder.end(func(h heard) { c.signalExternal(ctx, out.recorder.info, workflowID, "", true, h, future) })
	return future
}

func (out *outbound) RequestCancelExternalWorkflow(ctx workflow.Context, workflowID, runID string) workflow.Future {
	c := out.recorder.call(ctx, &Call{Kind: CancelExternal, Name: workflowID})
	future := out.Next.RequestCancelExternalWorkflow(ctx, workflowID, runID)
	out.recorder.end(func(heard) { c.cancelExternal(ctx, out.recorder.info, workflowID, runID, future) })
	return future
}

func (out *outbound) SideEffect(ctx workflow.Context, f func(workflow.Context) any) converter.EncodedValue {
	c := out.recorder.call(ctx, &Call{Kind: SideEffect, Command: Command{Made: true}, err: errPanicked})
	return out.returned(c, out.Next.SideEffect(ctx, f))
}

func (out *outbound) SideEffectWithOptions(ctx workflow.Context, options workflow.SideEffectOptions,
	f func(workflow.Context) any) converter.EncodedValue {
	c := out.recorder.call(ctx,
		&Call{Kind: SideEffect, Name: options.Summary, Command: Command{Made: true}, err: errPanicked})
	return out.returned(c, out.Next.SideEffectWithOptions(ctx, options, f))
}

func (out *outbound) MutableSideEffect(ctx workflow.Context, id string, f func(workflow.Context) any,
	equals func(a, b any) bool) converter.EncodedValue {
	c := out.recorder.call(ctx,
		&Call{Kind: MutableSideEffect, Name: id, Command: Command{Made: true}, err: errPanicked})
	return out.returned(c, out.Next.MutableSideEffect(ctx, id, f, equals))
}

func (out *outbound) MutableSideEffectWithOptions(ctx workflow.Context, id string,
	options workflow.MutableSideEffectOptions, f func(workflow.Context) any,
	equals func(a, b any) bool) converter.EncodedValue {
	c := out.recorder.call(ctx,
		&Call{Kind: MutableSideEffect, Name: id, Command: Command{Made: true}, err: errPanicked})
	return out.returned(c, out.Next.MutableSideEffectWithOptions(ctx, id, options, f, equals))
}

func (out *outbound) GetVersion(ctx workflow.Context, changeID string, minSupported,
	maxSupported workflow.Version) workflow.Version {
	c := out.recorder.call(ctx, &Call{
		Kind: GetVersion, Name: changeID, Versions: Versions{Min: int(minSupported), Max: int(maxSupported)},
		err: errOutOfRange, // the SDK panics if it is
	})
	version := out.Next.GetVersion(ctx, changeID, minSupported, maxSupported)
	out.recorder.end(func(heard) { c.Version, c.err = int(version), nil })
	return version
}

func (out *outbound) UpsertSearchAttributes(ctx workflow.Context, attributes map[string]any) error {
	c := out.recorder.call(ctx, &Call{Kind: SearchAttributes})
	err := out.Next.UpsertSearchAttributes(ctx, attributes)
	out.recorder.end(func(heard) { c.searchAttributes(untyped(attributes), 0, err) })
	return err
}

func (out *outbound) UpsertTypedSearchAttributes(ctx workflow.Context,
	updates ...temporal.SearchAttributeUpdate) error {
	c := out.recorder.call(ctx, &Call{Kind: SearchAttributes})
	err := out.Next.UpsertTypedSearchAttributes(ctx, updates...)
	unset := 0
	for _, update := range updates {
		if temporal.NewSearchAttributes(update).Size() == 0 {
			unset++ // and which one it is, the SDK does not tell
		}
	}
	out.recorder.end(func(heard) { c.searchAttributes(typed(temporal.NewSearchAttributes(updates...)), unset, err) })
	return err
}

func (out *outbound) UpsertMemo(ctx workflow.Context, memo map[string]any) error {
	c := out.recorder.call(ctx, &Call{Kind: Memo})
	err := out.Next.UpsertMemo(ctx, memo)
	encoded := out.recorder.memoOf(memo)
	out.recorder.end(func(heard) { c.memo(encoded, err) })
	return err
}

func (out *outbound) GetSignalChannel(ctx workflow.Context, name string) workflow.ReceiveChannel {
	out.recorder.ask(ctx, Asking, name)
	return out.watching.GetSignalChannel(ctx, name)
}

func (out *outbound) GetSignalChannelWithOptions(ctx workflow.Context, name string,
	options workflow.SignalChannelOptions) workflow.ReceiveChannel {
	out.recorder.ask(ctx, Asking, name)
	return out.watching.GetSignalChannelWithOptions(ctx, name, options)
}

func (out *outbound) Await(ctx workflow.Context, condition func() bool) error {
	out.recorder.ask(ctx, Asking, "")
	return out.watching.Await(ctx, condition)
}

// NewContinueAsNewError encodes the input of the next run, before the workflow returns
// the error, if it ever does.
func (out *outbound) NewContinueAsNewError(ctx workflow.Context, w any, args ...any) error {
	out.recorder.listen()
	err := out.Next.NewContinueAsNewError(ctx, w, args...)
	out.recorder.continuing(err)
	return err
}

func (out *outbound) SetQueryHandler(ctx workflow.Context, query string, handler any) error {
	c := out.recorder.call(ctx, &Call{Kind: QueryHandler, Name: query})
	err := out.Next.SetQueryHandler(ctx, query, handler)
	out.recorder.end(func(heard) { c.err = err })
	return err
}

func (out *outbound) SetQueryHandlerWithOptions(ctx workflow.Context, query string, handler any,
	options workflow.QueryHandlerOptions) error {
	c := out.recorder.call(ctx, &Call{Kind: QueryHandler, Name: query})
	err := out.Next.SetQueryHandlerWithOptions(ctx, query, handler, options)
	out.recorder.end(func(heard) { c.err = err })
	return err
}

func (out *outbound) SetUpdateHandler(ctx workflow.Context, update string, handler any,
	options workflow.UpdateHandlerOptions) error {
	c := out.recorder.call(ctx, &Call{Kind: UpdateHandler, Name: update})
	err := out.watching.SetUpdateHandler(ctx, update, handler, options)
	out.recorder.end(func(heard) { c.err = err })
	return err
}

// returned notes that the call of a side effect has returned: the history has a value
// for it.
func (out *outbound) returned(c *Call, value converter.EncodedValue) converter.EncodedValue {
	out.recorder.end(func(heard) { c.err = nil })
	return value
}

// OperationName returns the name of a Nexus Operation that code calls by its name or by itself.
func OperationName(operation any) string {
	switch o := operation.(type) {
	case string:
		return o
	case interface{ Name() string }:
		return o.Name()
	}
	return ""
}
