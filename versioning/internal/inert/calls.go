package inert

import (
	"time"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Call is a call of workflow code that can make a command.
type Call struct {
	Kind trace.Kind
	// Name is the name that the event of the command has, as far as such an event has one: the
	// Activity Type, the name of the signal.
	Name  string
	Stack trace.Stack
}

// calls notes a call of a live task. What replays is noted only in a run that looks for lines: that
// costs more than the replay of a call.
func (out *innerOutbound) calls(ctx workflow.Context, kind trace.Kind, name string) {
	replays := out.Next.IsReplaying(ctx)
	if replays && out.guard.looking.Load() == 0 {
		return
	}
	run := out.run(ctx)
	if run == nil || replays && !run.Looks {
		return
	}
	call := Call{kind, name, trace.StackHere(out.guard.interceptors)}
	run.mu.Lock()
	defer run.mu.Unlock()
	switch run.last = &call; {
	case kind == seen:
	case replays:
		run.replayed = append(run.replayed, call)
	default:
		run.made = append(run.made, call)
	}
}

// seen are calls that make no command of their own: they only tell where the code is.
const seen trace.Kind = ""

// Calls are those of the live task that is under way, in order.
func (r *Run) Calls() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.made
}

// Replayed are those of replayed tasks, in a run that looks.
func (r *Run) Replayed() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.replayed
}

// Last is the last call that was noted, in whatever task, nil if there is none.
func (r *Run) Last() *Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

func (out *innerOutbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	out.calls(ctx, trace.Activity, activityType)
	return out.Next.ExecuteActivity(ctx, activityType, args...)
}

func (out *innerOutbound) ExecuteChildWorkflow(ctx workflow.Context, workflowType string,
	args ...any) workflow.ChildWorkflowFuture {
	out.calls(ctx, trace.ChildWorkflow, workflowType)
	return out.Next.ExecuteChildWorkflow(ctx, workflowType, args...)
}

func (out *innerOutbound) ExecuteNexusOperation(ctx workflow.Context,
	input interceptor.ExecuteNexusOperationInput) workflow.NexusOperationFuture {
	out.calls(ctx, trace.NexusOperation, trace.OperationName(input.Operation))
	return out.Next.ExecuteNexusOperation(ctx, input)
}

func (out *innerOutbound) NewTimer(ctx workflow.Context, d time.Duration) workflow.Future {
	out.calls(ctx, trace.Timer, "")
	return out.Next.NewTimer(ctx, d)
}

func (out *innerOutbound) NewTimerWithOptions(ctx workflow.Context, d time.Duration,
	options workflow.TimerOptions) workflow.Future {
	out.calls(ctx, trace.Timer, "")
	return out.Next.NewTimerWithOptions(ctx, d, options)
}

func (out *innerOutbound) SignalExternalWorkflow(ctx workflow.Context, workflowID, runID, signal string,
	arg any) workflow.Future {
	out.calls(ctx, trace.SignalExternal, signal)
	return out.Next.SignalExternalWorkflow(ctx, workflowID, runID, signal, arg)
}

func (out *innerOutbound) SignalChildWorkflow(ctx workflow.Context, workflowID, signal string,
	arg any) workflow.Future {
	out.calls(ctx, trace.SignalExternal, signal)
	return out.Next.SignalChildWorkflow(ctx, workflowID, signal, arg)
}

func (out *innerOutbound) RequestCancelExternalWorkflow(ctx workflow.Context, workflowID,
	runID string) workflow.Future {
	out.calls(ctx, trace.CancelExternal, "")
	return out.Next.RequestCancelExternalWorkflow(ctx, workflowID, runID)
}

func (out *innerOutbound) UpsertSearchAttributes(ctx workflow.Context, attributes map[string]any) error {
	out.calls(ctx, trace.SearchAttributes, "")
	return out.Next.UpsertSearchAttributes(ctx, attributes)
}

func (out *innerOutbound) UpsertTypedSearchAttributes(ctx workflow.Context,
	updates ...temporal.SearchAttributeUpdate) error {
	out.calls(ctx, trace.SearchAttributes, "")
	return out.Next.UpsertTypedSearchAttributes(ctx, updates...)
}

func (out *innerOutbound) UpsertMemo(ctx workflow.Context, memo map[string]any) error {
	out.calls(ctx, trace.Memo, "")
	return out.Next.UpsertMemo(ctx, memo)
}

func (out *innerOutbound) NewContinueAsNewError(ctx workflow.Context, w any, args ...any) error {
	out.calls(ctx, trace.Ending, "")
	return out.Next.NewContinueAsNewError(ctx, w, args...)
}

func (out *innerOutbound) Await(ctx workflow.Context, condition func() bool) error {
	out.calls(ctx, seen, "")
	return out.Next.Await(ctx, condition)
}

func (out *innerOutbound) GetVersion(ctx workflow.Context, changeID string, minSupported,
	maxSupported workflow.Version) workflow.Version {
	out.calls(ctx, seen, "")
	return out.Next.GetVersion(ctx, changeID, minSupported, maxSupported)
}

func (out *innerOutbound) SetQueryHandler(ctx workflow.Context, query string, handler any) error {
	out.calls(ctx, seen, "")
	return out.Next.SetQueryHandler(ctx, query, handler)
}
