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
	out.calls(ctx, trace.SideEffect, "")
	if !out.guard.Acts {
		f = out.sideEffect(trace.CallerLine())
	}
	return out.Next.SideEffect(ctx, f)
}

func (out *innerOutbound) SideEffectWithOptions(ctx workflow.Context, options workflow.SideEffectOptions,
	f func(workflow.Context) any) converter.EncodedValue {
	out.calls(ctx, trace.SideEffect, "")
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
	out.calls(ctx, trace.MutableSideEffect, "")
	if out.guard.Acts {
		return out.Next.MutableSideEffect(ctx, id, give, equal)
	}
	m := out.mutableSideEffect(ctx, id, trace.CallerLine())
	return m.taken(out.Next.MutableSideEffect(ctx, id, m.give, m.equal))
}

func (out *innerOutbound) MutableSideEffectWithOptions(ctx workflow.Context, id string,
	options workflow.MutableSideEffectOptions, give func(workflow.Context) any,
	equal func(a, b any) bool) converter.EncodedValue {
	out.calls(ctx, trace.MutableSideEffect, "")
	if out.guard.Acts {
		return out.Next.MutableSideEffectWithOptions(ctx, id, options, give, equal)
	}
	m := out.mutableSideEffect(ctx, id, trace.CallerLine())
	return m.taken(out.Next.MutableSideEffectWithOptions(ctx, id, options, m.give, m.equal))
}

// A mutableSideEffect gives what the recorded task has. Where that has nothing, the value was the one
// before, of whatever code. There is one only if the SDK asks whether both are equal.
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
