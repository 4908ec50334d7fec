// Package encrypted is a family of fixtures: a workflow that makes every kind of
// call, whose workers encrypt all payloads. Its stages change one value each. It
// is not a reference: it is there for what reads payloads.
package encrypted

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Family is recorded and replayed with Converter and FailureConverter.
var Family = &versioning.Family{
	Name:          "encrypted",
	Doc:           "Every kind of call, with payloads that are encrypted.",
	WorkflowTypes: []string{"Encrypted"},
	Catalogue:     true,
	Stages: []versioning.Stage{
		stage("base", "Makes every kind of call.", base),
		stage("other-input", "Calls the activity with another amount.", base.with(func(v *values) { v.amount = 200 })),
		stage("other-child-input", "Runs the child with another address.", base.with(func(v *values) { v.address = "Station Road" })),
		stage("other-number", "Draws another number.", base.with(func(v *values) { v.number = 18 })),
		stage("other-memo", "Notes another state.", base.with(func(v *values) { v.state = "charged" })),
		stage("other-update-result", "Answers the update otherwise.", base.with(func(v *values) { v.answer = "as you like" })),
		stage("other-result", "Completes with another result.", base.with(func(v *values) { v.result = "delivered" })),
		stage("older", "Does not know the version that executions have.", base.with(func(v *values) { v.version = 0 })),
		stage("renamed", "Waits for a signal of another name.", base.with(func(v *values) { v.signal = "remark" })),
		stage("without-handler", "Handles no update any more.", base.with(func(v *values) { v.noDiscount = true })),
		{
			Name: "another-parameter",
			Doc:  "Takes a customer too, which the input does not have.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(func(ctx workflow.Context, o order, customer string) (string, error) {
					return base.workflow(ctx, o)
				}, workflow.RegisterOptions{Name: "Encrypted"})
				r.RegisterWorkflow(Deliver)
			},
		},
	},
	Scenarios: []versioning.Scenario{
		{
			Name:  "completed",
			Doc:   "A query, an update that is granted, a signal, and the workflow completes.",
			Input: []any{order{Item: "a book"}},
			Plan: versioning.EachStage{
				Drive: versioning.InOrder(versioning.UntilQuery("step", isWaiting), update(20), signal("a note")),
			},
		},
		{
			Name:  "failed",
			Doc:   "An update that fails, a signal that is refused, and the workflow fails.",
			Input: []any{order{Item: "a book"}},
			Plan: versioning.EachStage{
				Drive: versioning.InOrder(versioning.UntilQuery("step", isWaiting), update(90), signal("")),
				Ends:  versioning.Failed,
			},
		},
	},
}

// Recorded are the stages that recordings begin with.
var Recorded = []string{"base", "other-input"}

type order struct{ Item string }

// values are what a stage passes on.
type values struct {
	amount, number                 int
	address, state, answer, result string
	noDiscount                     bool
	version                        workflow.Version
	signal                         string
}

var base = values{amount: 100, number: 17, address: "Main Street", state: "placed", answer: "granted", result: "done",
	version: 1, signal: "note"}

func (v values) with(change func(*values)) values {
	change(&v)
	return v
}

func stage(name, doc string, v values) versioning.Stage {
	return versioning.Stage{
		Name: name,
		Doc:  doc,
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(v.workflow, workflow.RegisterOptions{Name: "Encrypted"})
			r.RegisterWorkflow(Deliver)
		},
		RegisterActivities: func(r worker.ActivityRegistry) {
			r.RegisterActivity(Charge)
			r.RegisterActivity(Refuse)
		},
	}
}

func (v values) workflow(ctx workflow.Context, o order) (string, error) {
	step := "begun"
	if err := workflow.SetQueryHandler(ctx, "step", func() (string, error) { return step, nil }); err != nil {
		return "", err
	}
	if !v.noDiscount {
		if err := workflow.SetUpdateHandler(ctx, "discount", v.discount); err != nil {
			return "", err
		}
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		Summary:             "charges " + o.Item,
	})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})

	var charged, locally string
	if err := workflow.ExecuteActivity(ctx, Charge, v.amount).Get(ctx, &charged); err != nil {
		return "", err
	}
	if err := workflow.ExecuteLocalActivity(ctx, Charge, v.amount).Get(ctx, &locally); err != nil {
		return "", err
	}
	refused := workflow.ExecuteActivity(ctx, Refuse, o).Get(ctx, nil)
	if err := workflow.NewTimerWithOptions(ctx, time.Millisecond, workflow.TimerOptions{Summary: "a moment"}).Get(ctx, nil); err != nil {
		return "", err
	}
	version := workflow.GetVersion(ctx, "encrypted-change", workflow.DefaultVersion, v.version)
	var number, limit int
	if err := workflow.SideEffect(ctx, func(workflow.Context) any { return v.number }).Get(&number); err != nil {
		return "", err
	}
	same := func(a, b any) bool { return a == b }
	if err := workflow.MutableSideEffect(ctx, "limit", func(workflow.Context) any { return 500 }, same).Get(&limit); err != nil {
		return "", err
	}
	if err := workflow.UpsertMemo(ctx, map[string]any{"state": v.state}); err != nil {
		return "", err
	}
	var delivered string
	if err := workflow.ExecuteChildWorkflow(ctx, Deliver, v.address).Get(ctx, &delivered); err != nil {
		return "", err
	}
	unknown := workflow.SignalExternalWorkflow(ctx, "nobody-there", "", "delivered", v.address).Get(ctx, nil)

	step = "waiting"
	var note string
	workflow.GetSignalChannel(ctx, v.signal).Receive(ctx, &note)
	if note == "" {
		return "", temporal.NewApplicationErrorWithOptions("no note", "Refused", temporal.ApplicationErrorOptions{
			Cause:   refused,
			Details: []any{o},
		})
	}
	return fmt.Sprint(v.result, ": ", []any{charged, locally, version, number, limit, delivered, note, unknown != nil}), nil
}

func (v values) discount(_ workflow.Context, percent int) (string, error) {
	if percent > 50 {
		return "", temporal.NewApplicationError("too much", "Refused", percent)
	}
	return fmt.Sprint(percent, " % ", v.answer), nil
}

// Deliver is a child workflow.
func Deliver(_ workflow.Context, address string) (string, error) { return "to " + address, nil }

// Charge is an activity, and a local one.
func Charge(_ context.Context, amount int) (string, error) { return fmt.Sprint(amount), nil }

// Refuse is an activity that fails for good.
func Refuse(_ context.Context, o order) (string, error) {
	return "", temporal.NewNonRetryableApplicationError("refused "+o.Item, "Refused", nil, o)
}

func isWaiting(step string) bool { return step == "waiting" }

func signal(note string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "note", note)
	}
}

func update(percent int) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		handle, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID:   run.GetID(),
			RunID:        run.GetRunID(),
			UpdateID:     "discount-1",
			UpdateName:   "discount",
			Args:         []any{percent},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		})
		if err == nil {
			err = handle.Get(ctx, nil)
		}
		if refusal := (*temporal.ApplicationError)(nil); errors.As(err, &refusal) {
			return nil
		}
		return err
	}
}
