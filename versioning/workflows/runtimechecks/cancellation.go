package runtimechecks

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Cancellation changes how a workflow ends that is cancelled.
var Cancellation = catalogueOf("cancellation", "Cancellation",
	"A workflow that is cancelled ends with other details, or in another way.",
	[]versioning.Scenario{cancelled},
	whole{"base", "Charges and, when it is cancelled, ends as cancelled.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", ctx.Err()
	}},
	whole{"with-details", "Ends as cancelled and says what was charged.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return "", temporal.NewCanceledError(charged)
	}},
	whole{"completes", "Takes no notice of being cancelled and completes.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return charged, nil
	}},
	whole{"fails", "Fails when it is cancelled.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", undelivered()
	}},
	whole{"continues-as-new", "Continues as new when it is cancelled.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", workflow.NewContinueAsNewError(ctx, "Cancellation")
	}},
	whole{"cleans-up", "Sends a receipt before it ends as cancelled.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		anyway, release := workflow.NewDisconnectedContext(withActivities(ctx))
		defer release()
		outcome(anyway, workflow.ExecuteActivity(anyway, SendReceipt))
		return "", ctx.Err()
	}},
)
