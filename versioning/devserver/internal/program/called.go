package program

import "go.temporal.io/sdk/workflow"

// A Call is what the code of a step asks the SDK for, or how it ends.
type Call struct {
	// Step is the step that calls, nil where the code gets past its last one.
	Step *Step
	// Task is the number of events that the history has when the Workflow Task starts.
	Task int
	Does Does
	// Name, Value and Option are what the call is made with. What differs in none is the same call.
	Name, Value, Option string
	// Canceled is whether the context is canceled already: no child is started then.
	Canceled bool
	// Refused is whether the SDK starts no child, as one with its ID is open.
	Refused bool
	// Beside is whether a coroutine makes it, or a handler, and not the workflow function.
	Beside bool
}

type contextKey int

const besideKey contextKey = iota

// beside is the context of what runs beside the workflow function.
func beside(ctx workflow.Context) workflow.Context { return workflow.WithValue(ctx, besideKey, true) }

// Does says what a Call does.
type Does string

// What calls do.
const (
	CallsActivity          Does = "activity"
	CallsLocalActivity     Does = "local activity"
	CallsChild             Does = "child"
	CallsSideEffect        Does = "side effect"
	CallsMutableSideEffect Does = "mutable side effect"
	StartsTimer            Does = "timer"
	CancelsTimer           Does = "cancels the timer"
	CancelsActivity        Does = "cancels the activity"
	Upserts                Does = "search attribute"
	SetsMemo               Does = "memo"
	Signals                Does = "signal to external"
	AsksVersion            Does = "version"
	// Asks waits for signals, updates or coroutines, or looks for them.
	Asks Does = "asks"
	// Handles sets a handler, which Accepts when it begins, and Answers when it returns.
	Handles Does = "handles"
	Accepts Does = "accepts"
	Answers Does = "answers"
	// Completes and Fails end the workflow. Continuing as new is an error, too.
	Completes Does = "completes"
	Fails     Does = "fails"
)

func (r *run) called(ctx workflow.Context, s *Step, c Call) {
	if r.program.Called == nil {
		return
	}
	c.Step, c.Task, c.Canceled = s, workflow.GetInfo(ctx).GetCurrentHistoryLength(), ctx.Err() != nil
	c.Beside = ctx.Value(besideKey) != nil
	r.program.Called(c)
}

// cancels tells of a cancellation, if there is something left to cancel.
func (r *run) cancels(ctx workflow.Context, s *Step, does Does, what workflow.Future) {
	if !what.IsReady() && ctx.Err() == nil {
		r.called(ctx, s, Call{Does: does, Name: s.Name, Value: s.Duration.String()})
	}
}

func (r *run) ends(ctx workflow.Context, c Call) { r.called(ctx, r.ended, c) }
