package inert

import (
	"sync/atomic"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A sight is what a run that looks for lines has seen.
type sight struct {
	// mark is that of the goroutines of the run. No other run of the process has it.
	mark string
	// panicked is the line of the first panic.
	panicked trace.Line
}

var marks atomic.Int64

// Panicked is the line of the first panic that the code did not recover from itself, the zero Line
// if there was none. Only a run that looks knows.
func (r *Run) Panicked() trace.Line {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.panicked
}

// Waits are the lines at which the workflow function waits in the SDK, the innermost first. It is for
// a task that the Worker has just answered, in a run that looks.
func (r *Run) Waits() []trace.Line {
	return trace.Blocked(r.mark, "inert.(*innerInbound).ExecuteWorkflow", true)
}

// Blocked are the lines at which a coroutine is that does not yield, in a run that looks.
func (r *Run) Blocked() []trace.Line {
	return trace.Blocked(r.mark, "", false)
}

// looks returns the run of the context if it looks for lines, else nil.
func (out *innerOutbound) looks(ctx workflow.Context) *Run {
	if out.guard.looking.Load() == 0 {
		return nil
	}
	if run := out.run(ctx); run != nil && run.Looks {
		return run
	}
	return nil
}

// panics is deferred. It panics again: the SDK sees what it would have seen.
func (r *Run) panics() {
	if p := recover(); p != nil {
		if line := trace.CallerLine(); !trace.TakenDown() {
			r.mu.Lock()
			if r.panicked == (trace.Line{}) {
				r.panicked = line
			}
			r.mu.Unlock()
		}
		panic(p)
	}
}

func (in *innerInbound) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	if run := in.out.looks(ctx); run != nil {
		trace.Mark(run.mark)
		defer run.panics()
	}
	return in.Next.ExecuteWorkflow(ctx, input)
}

func (in *innerInbound) ExecuteUpdate(ctx workflow.Context, input *interceptor.UpdateInput) (any, error) {
	if run := in.out.looks(ctx); run != nil {
		trace.Mark(run.mark)
		defer run.panics()
	}
	return in.Next.ExecuteUpdate(ctx, input)
}

// Go starts every coroutine of the workflow's.
func (out *innerOutbound) Go(ctx workflow.Context, name string, f func(workflow.Context)) workflow.Context {
	run := out.looks(ctx)
	if run == nil {
		return out.Next.Go(ctx, name, f)
	}
	return out.Next.Go(ctx, name, func(ctx workflow.Context) {
		trace.Mark(run.mark)
		defer run.panics()
		f(ctx)
	})
}
