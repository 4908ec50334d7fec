package runtimechecks

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// ContinueAsNew changes how a workflow ends that continues as new.
var ContinueAsNew = catalogueOf("continue-as-new", "ContinueAsNew",
	"A workflow that continues as new does so with other values, or ends in another way.",
	[]versioning.Scenario{endedWith([]string{"an order"})},
	whole{"base", "Charges and continues as new with the orders that are left.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		return "", workflow.NewContinueAsNewError(ctx, "ContinueAsNew", append(done, charged))
	}},
	whole{"other-input", "Continues as new with other input.", func(ctx workflow.Context, done []string) (string, error) {
		chargeAndWait(ctx)
		return "", workflow.NewContinueAsNewError(ctx, "ContinueAsNew", append(done, "one order"))
	}},
	whole{"other-type", "Continues as another workflow type.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		return "", workflow.NewContinueAsNewError(ctx, Archive, append(done, charged))
	}},
	whole{"other-task-queue", "Continues as new in another Task Queue.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		ctx = workflow.WithWorkflowTaskQueue(ctx, "orders")
		return "", workflow.NewContinueAsNewError(ctx, "ContinueAsNew", append(done, charged))
	}},
	whole{"other-run-timeout", "Gives the next run a day.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		ctx = workflow.WithWorkflowRunTimeout(ctx, day)
		return "", workflow.NewContinueAsNewError(ctx, "ContinueAsNew", append(done, charged))
	}},
	whole{"other-task-timeout", "Gives each Workflow Task of the next run half a minute.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		ctx = workflow.WithWorkflowTaskTimeout(ctx, 30*time.Second)
		return "", workflow.NewContinueAsNewError(ctx, "ContinueAsNew", append(done, charged))
	}},
	whole{"other-retry-policy", "Has the next run retried.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		options := workflow.ContinueAsNewErrorOptions{RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 3}}
		return "", workflow.NewContinueAsNewErrorWithOptions(ctx, options, "ContinueAsNew", append(done, charged))
	}},
	whole{"delayed", "Lets the next run wait for an hour.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		options := workflow.ContinueAsNewErrorOptions{BackoffStartInterval: time.Hour}
		return "", workflow.NewContinueAsNewErrorWithOptions(ctx, options, "ContinueAsNew", append(done, charged))
	}},
	whole{"completes", "Completes.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		return charged, nil
	}},
	whole{"fails", "Fails.", func(ctx workflow.Context, done []string) (string, error) {
		chargeAndWait(ctx)
		return "", undelivered()
	}},
	whole{"cancels", "Ends as cancelled, although nobody has asked for it.", func(ctx workflow.Context, done []string) (string, error) {
		charged := chargeAndWait(ctx)
		return "", temporal.NewCanceledError(charged)
	}},
)

// Archive is the workflow type that another run of an order can be.
func Archive(ctx workflow.Context, done []string) error {
	workflow.GetSignalChannel(ctx, "read").Receive(ctx, nil)
	return nil
}
