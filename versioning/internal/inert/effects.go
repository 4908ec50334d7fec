package inert

import (
	"errors"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// errStopped ends the coroutine of a side effect whose value nobody knows.
var errStopped = errors.New("the rehearsal ends here: what a side effect gives is not known")

func (out *innerOutbound) SideEffect(ctx workflow.Context,
	f func(workflow.Context) any) converter.EncodedValue {
	if !out.guard.Acts {
		f = out.sideEffect(trace.CallerLine())
	}
	return out.Next.SideEffect(ctx, f)
}

func (out *innerOutbound) SideEffectWithOptions(ctx workflow.Context, options workflow.SideEffectOptions,
	f func(workflow.Context) any) converter.EncodedValue {
	if !out.guard.Acts {
		f = out.sideEffect(trace.CallerLine())
	}
	return out.Next.SideEffectWithOptions(ctx, options, f)
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

func (out *innerOutbound) MutableSideEffect(ctx workflow.Context, id string, give func(workflow.Context) any,
	equal func(a, b any) bool) converter.EncodedValue {
	if !out.guard.Acts {
		give, equal = out.mutableSideEffect(ctx, id, trace.CallerLine())
	}
	return out.Next.MutableSideEffect(ctx, id, give, equal)
}

func (out *innerOutbound) MutableSideEffectWithOptions(ctx workflow.Context, id string,
	options workflow.MutableSideEffectOptions, give func(workflow.Context) any,
	equal func(a, b any) bool) converter.EncodedValue {
	if !out.guard.Acts {
		give, equal = out.mutableSideEffect(ctx, id, trace.CallerLine())
	}
	return out.Next.MutableSideEffectWithOptions(ctx, id, options, give, equal)
}

// mutableSideEffect gives what the recorded task has. Where that has nothing, the value was the one
// before: the SDK asks whether both are equal only if there is one before.
func (out *innerOutbound) mutableSideEffect(ctx workflow.Context, id string,
	line trace.Line) (give func(workflow.Context) any, equal func(a, b any) bool) {
	run := out.run(ctx)
	value, recorded, under := run.nextMutableSideEffect(id)
	asked := false
	give = func(workflow.Context) any {
		run.goOn()
		switch {
		case recorded:
			return value
		case run.knows(id) && under:
			asked = true
			return Value{}
		}
		run.stop(Unknown{Kind: trace.MutableSideEffect, Name: id, Line: line})
		panic(errStopped)
	}
	return give, func(any, any) bool { return asked }
}
