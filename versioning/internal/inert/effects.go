package inert

import (
	"context"
	"errors"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// errStopped ends the coroutine of a side effect whose value nobody knows.
var errStopped = errors.New("the rehearsal ends here: what a side effect gives is not known")

func (out *innerOutbound) SideEffect(ctx workflow.Context,
	_ func(workflow.Context) any) converter.EncodedValue {
	line := trace.CallerLine()
	return out.Next.SideEffect(ctx, out.sideEffect(line))
}

func (out *innerOutbound) SideEffectWithOptions(ctx workflow.Context, options workflow.SideEffectOptions,
	_ func(workflow.Context) any) converter.EncodedValue {
	line := trace.CallerLine()
	return out.Next.SideEffectWithOptions(ctx, options, out.sideEffect(line))
}

// sideEffect gives what the recorded task has. The SDK calls it in a live task only.
func (out *innerOutbound) sideEffect(line trace.Line) func(workflow.Context) any {
	return func(ctx workflow.Context) any {
		run := out.run(ctx)
		run.goOn()
		if value, ok := run.nextSideEffect(); ok {
			return value
		}
		run.stop(Unknown{Kind: trace.SideEffect, Line: line})
		panic(errStopped)
	}
}

func (out *innerOutbound) MutableSideEffect(ctx workflow.Context, id string, _ func(workflow.Context) any,
	_ func(a, b any) bool) converter.EncodedValue {
	m := out.mutableSideEffect(ctx, id, trace.CallerLine())
	return m.taken(out.Next.MutableSideEffect(ctx, id, m.give, m.equal))
}

func (out *innerOutbound) MutableSideEffectWithOptions(ctx workflow.Context, id string,
	options workflow.MutableSideEffectOptions, _ func(workflow.Context) any,
	_ func(a, b any) bool) converter.EncodedValue {
	m := out.mutableSideEffect(ctx, id, trace.CallerLine())
	return m.taken(out.Next.MutableSideEffectWithOptions(ctx, id, options, m.give, m.equal))
}

// A mutableSideEffect gives what the recorded task has. Where that has nothing, the value was the one
// before. There is one only if the SDK asks whether both are equal.
type mutableSideEffect struct {
	run             *Run
	unknown         Unknown
	value           Value
	recorded, under bool
	// before is whether the value before was meant, compared whether there is one.
	before, compared bool
}

func (out *innerOutbound) mutableSideEffect(ctx workflow.Context, id string, line trace.Line) *mutableSideEffect {
	m := &mutableSideEffect{run: out.run(ctx), unknown: Unknown{Kind: trace.MutableSideEffect, Name: id, Line: line}}
	m.value, m.recorded, m.under = m.run.nextMutableSideEffect(id)
	return m
}

// give is called in a live task only.
func (m *mutableSideEffect) give(workflow.Context) any {
	m.run.goOn()
	switch {
	case m.recorded:
		return m.value
	case m.under:
		m.before = true
		return Value{}
	}
	m.stop()
	return nil
}

func (m *mutableSideEffect) equal(any, any) bool {
	m.compared = true
	return m.before
}

// taken ends the rehearsal where there was no value before.
func (m *mutableSideEffect) taken(value converter.EncodedValue) converter.EncodedValue {
	if m.before && !m.compared {
		m.stop()
	}
	return value
}

func (m *mutableSideEffect) stop() {
	m.run.stop(m.unknown)
	panic(errStopped)
}

// InterceptActivity is about local activities: a Worker that rehearses has no others.
func (i *inner) InterceptActivity(_ context.Context,
	next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	in := &localActivity{guard: i.guard}
	in.Next = next
	return in
}

type localActivity struct {
	interceptor.ActivityInboundInterceptorBase
	guard *Guard
}

// Init hands nothing on: interceptors of the user's see no activity.
func (in *localActivity) Init(interceptor.ActivityOutboundInterceptor) error { return nil }

// ExecuteActivity answers with what the recorded task has, and runs nothing.
func (in *localActivity) ExecuteActivity(ctx context.Context, _ *interceptor.ExecuteActivityInput) (any, error) {
	info := activity.GetInfo(ctx)
	unknown := Unknown{Kind: trace.LocalActivity, Name: info.ActivityType.Name}
	run := in.guard.ofExecution(info.WorkflowExecution)
	if run == nil {
		return nil, temporal.NewNonRetryableApplicationError(errStopped.Error(), "", nil)
	}
	if result, err, ok := run.localActivity(info.ActivityID, info.ActivityType.Name); ok {
		return result, err
	}
	run.stop(unknown)
	return nil, temporal.NewNonRetryableApplicationError(errStopped.Error(), "", nil)
}
