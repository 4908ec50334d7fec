// Package coroutines is a family of fixtures: workflows whose calls are hard to
// match with the events of their histories, because coroutines make them in turn,
// or because they are cancelled, some in the Workflow Task in which they are made. Its stages
// change one value in the middle. It is not a reference.
package coroutines

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Family holds the stages; only "base" is recorded, once for each kind of call.
var Family = &versioning.Family{
	Name:          "coroutines",
	Doc:           "Calls of several coroutines, and calls that are cancelled.",
	WorkflowTypes: []string{"Coroutines"},
	Catalogue:     true,
	Stages: []versioning.Stage{
		stage("base", "Makes the calls that its input names.", base),
		stage("other-input", "Charges another amount in the middle.", base.with(func(v *values) { v.middle = 1000 })),
		stage("other-duration", "Sleeps longer in the middle.", base.with(func(v *values) { v.moment = 2 * time.Millisecond })),
		stage("other-timeout", "Waits longer before it gives up.", base.with(func(v *values) { v.patience = 2 * time.Hour })),
		stage("other-before", "Makes the calls with other values whose context is cancelled already.", base.with(func(v *values) { v.before = 1000 })),
		stage("other-unsent", "Makes the calls that are cancelled at once with other values.", base.with(func(v *values) { v.unsent = 1000 })),
		stage("other-cancelled", "Makes the calls that are cancelled later with other values.", base.with(func(v *values) { v.cancelled = 1000 })),
		stage("without-side-effect", "Draws one number less, before all others.", base.with(func(v *values) { v.without = "side effect" })),
		stage("without-memo", "Notes one number less, between others.", base.with(func(v *values) { v.without = "memo" })),
		stage("without-timer", "Starts one timer less, between others.", base.with(func(v *values) { v.without = "timer" })),
		stage("last-first", "Charges before it starts timers and notes numbers, and starts the first timer last.",
			base.with(func(v *values) { v.lastFirst = true })),
		stage("swapped", "Starts the coroutines in another order.", base.with(func(v *values) { v.order = []int{1, 0, 2} })),
	},
	Scenarios: []versioning.Scenario{
		kind("go", "Three coroutines that each make several calls."),
		kind("selector", "Activities of which each that completes starts another one."),
		kind("mutex", "Coroutines that exclude each other."),
		kind("semaphore", "Three coroutines of which two run at a time."),
		kind("await", "Waiting with a timeout, in vain and not."),
		kind("cancelled-unsent", "Calls that are cancelled in the Workflow Task in which they are made."),
		kind("cancelled-before", "Calls with a context that is cancelled already."),
		kind("cancelled-later", "Calls that are cancelled when their commands were sent."),
		kind("loop", "One activity again and again."),
		kind("session", "Activities of a session."),
		kind("alike", "Calls of one kind side by side, and side effects in one Workflow Task after another."),
		kind("everything", "All of these, one after another, in one execution."),
		handlers,
	},
}

func kind(name, doc string) versioning.Scenario {
	return versioning.Scenario{Name: name, Doc: doc, Input: []any{name}}
}

// values are what a stage passes on.
type values struct {
	middle, before, unsent, cancelled int
	moment, patience                  time.Duration
	order                             []int
	without                           string
	lastFirst                         bool
}

var base = values{middle: 1, before: 2, unsent: 3, cancelled: 4, moment: time.Millisecond, patience: time.Hour, order: []int{0, 1, 2}}

func (v values) with(change func(*values)) values {
	change(&v)
	return v
}

func stage(name, doc string, v values) versioning.Stage {
	return versioning.Stage{
		Name: name,
		Doc:  doc,
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(v.workflow, workflow.RegisterOptions{Name: "Coroutines"})
			r.RegisterWorkflow(Child)
		},
		RegisterActivities: func(r worker.ActivityRegistry) { r.RegisterActivity(Charge) },
		WorkerOptions:      func(o *worker.Options) { o.EnableSessionWorker = true },
	}
}

// Charge is an activity, and a local one.
func Charge(_ context.Context, amount int) (int, error) { return amount, nil }

// Child waits until it is cancelled.
func Child(ctx workflow.Context, _ int) error {
	ctx.Done().Receive(ctx, nil)
	return ctx.Err()
}

func (v values) workflow(ctx workflow.Context, kind string) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
	parts := map[string]func(workflow.Context) []any{
		"go": v.coroutines, "selector": v.selector, "mutex": v.mutex, "semaphore": v.semaphore, "await": v.await,
		"cancelled-before": v.cancelledBefore, "cancelled-unsent": v.cancelledUnsent, "cancelled-later": v.cancelledLater, "loop": v.loop,
		"session": v.session, "handlers": v.handlers, "alike": v.alike,
	}
	chosen := []string{kind}
	if kind == "everything" {
		chosen = []string{"cancelled-before", "cancelled-unsent", "go", "mutex", "cancelled-later", "semaphore", "selector", "loop", "await", "cancelled-before"}
	}
	var results []any
	for _, name := range chosen {
		results = append(results, parts[name](ctx)...)
	}
	return fmt.Sprint(results...), nil
}

// handlers is driven from outside: each signal and each update has a coroutine
// of its own.
var handlers = versioning.Scenario{
	Name:  "handlers",
	Doc:   "Signals and updates whose coroutines make calls.",
	Input: []any{"handlers"},
	Plan:  versioning.EachStage{Drive: signalAndUpdate},
}

func signalAndUpdate(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	var updates []client.WorkflowUpdateHandle
	for i := range 3 {
		if err := c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "amount", i); err != nil {
			return err
		}
		update, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID:   run.GetID(),
			RunID:        run.GetRunID(),
			UpdateID:     fmt.Sprint("charge-", i),
			UpdateName:   "charge",
			Args:         []any{i},
			WaitForStage: client.WorkflowUpdateStageAccepted,
		})
		if err != nil {
			return err
		}
		updates = append(updates, update)
	}
	for _, update := range updates {
		if err := update.Get(ctx, nil); err != nil {
			return err
		}
	}
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "finish", nil)
}
