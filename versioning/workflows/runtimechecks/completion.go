package runtimechecks

import (
	"fmt"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Completion changes how a workflow ends that completes with a result.
var Completion = catalogueOf("completion", "Completion",
	"A workflow that completes with a result ends with another one, or in another way.",
	[]versioning.Scenario{ended},
	whole{"base", "Charges and completes with what was charged.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return charged, nil
	}},
	whole{"other-result", "Completes with another result.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return "order complete: " + charged, nil
	}},
	whole{"other-result-type", "Completes with a number.", func(ctx workflow.Context) (amount int, err error) {
		charged := chargeAndWait(ctx)
		_, err = fmt.Sscanf(charged, "%d", &amount)
		return amount, err
	}},
	whole{"without-result", "Completes without a result.", func(ctx workflow.Context) error {
		chargeAndWait(ctx)
		return nil
	}},
	whole{"fails", "Fails.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", undelivered()
	}},
	whole{"cancels", "Ends as cancelled, although nobody has asked for it.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return "", temporal.NewCanceledError(charged)
	}},
	whole{"continues-as-new", "Continues as new.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", workflow.NewContinueAsNewError(ctx, "Completion")
	}},
)

// undelivered is the failure of an order.
func undelivered() error {
	return temporal.NewApplicationErrorWithOptions("not delivered", "Undelivered", temporal.ApplicationErrorOptions{
		Details: []any{"Main Street"},
	})
}
