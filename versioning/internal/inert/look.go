package inert

import (
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A sight is what a run that looks for lines has seen.
type sight struct {
	// main runs the workflow function, and goroutines run all coroutines, as the runtime prints
	// them.
	main       string
	goroutines []string
	// panicked is the line of the first panic.
	panicked trace.Line
}

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
	r.mu.Lock()
	main := r.main
	r.mu.Unlock()
	if main == "" {
		return nil
	}
	return trace.BlockedLines([]string{main}, true)
}

// Blocked are the lines at which a coroutine is that does not yield, in a run that looks.
func (r *Run) Blocked() []trace.Line {
	r.mu.Lock()
	goroutines := r.goroutines
	r.mu.Unlock()
	return trace.BlockedLines(goroutines, false)
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

// begins notes the goroutine of a coroutine.
func (r *Run) begins(main bool) {
	goroutine := trace.Goroutine()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.goroutines = append(r.goroutines, goroutine); main {
		r.main = goroutine
	}
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
		run.begins(true)
		defer run.panics()
	}
	return in.Next.ExecuteWorkflow(ctx, input)
}

func (in *innerInbound) ExecuteUpdate(ctx workflow.Context, input *interceptor.UpdateInput) (any, error) {
	if run := in.out.looks(ctx); run != nil {
		run.begins(false)
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
		run.begins(false)
		defer run.panics()
		f(ctx)
	})
}
