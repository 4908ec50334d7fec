package runtimechecks

import (
	"fmt"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Update changes the handler of an update that the history holds.
var Update = catalogueOf("update", "SetUpdateHandlerCalls",
	"The handler of an update is changed that an execution has accepted and completed.",
	[]versioning.Scenario{openAfterUpdate, closedAfterUpdate},
	whole{"base", "Grants discounts of up to 50 %, and pays them back.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return fmt.Sprintf("%d%% off, %s", percent, paid), nil
		})
	}},
	whole{"other-result", "Answers in other words.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return fmt.Sprintf("a discount of %d%%, %s", percent, paid), nil
		})
	}},
	whole{"other-result-type", "Answers with a number.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (int, error) {
			outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return percent, nil
		})
	}},
	whole{"fails", "Answers with an error.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return "", temporal.NewApplicationError("no discount, "+paid, "Refused")
		})
	}},
	whole{"other-validator", "Grants discounts of up to 10 %.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(10), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return fmt.Sprintf("%d%% off, %s", percent, paid), nil
		})
	}},
	whole{"without-validator", "Grants any discount.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", nil, func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return fmt.Sprintf("%d%% off, %s", percent, paid), nil
		})
	}},
	whole{"set-later", "Grants discounts once the order is charged.", func(ctx workflow.Context) (string, error) {
		var charged string
		if err := answerWith(ctx, &charged); err != nil {
			return "", err
		}
		charged = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		err := setDiscount(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return fmt.Sprintf("%d%% off, %s", percent, paid), nil
		})
		if err != nil {
			return "", err
		}
		waitForEnd(ctx)
		return charged, nil
	}},
	whole{"added-activity", "Sends a receipt for the discount.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			sent := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), SendReceipt))
			return fmt.Sprintf("%d%% off, %s, %s", percent, paid, sent), nil
		})
	}},
	whole{"removed-activity", "Does not pay the discount back.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			return fmt.Sprintf("%d%% off", percent), nil
		})
	}},
	whole{"other-input", "Pays back twice the discount.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "discount", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -2*percent))
			return fmt.Sprintf("%d%% off, %s", percent, paid), nil
		})
	}},
	whole{"other-argument", "Takes a structure in place of a number.", func(ctx workflow.Context) (string, error) {
		type discount struct{ Percent int }
		return chargeAndGrant(ctx, "discount", nil, func(ctx workflow.Context, d discount) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -d.Percent))
			return fmt.Sprintf("%d%% off, %s", d.Percent, paid), nil
		})
	}},
	whole{"renamed", "Handles the update under another name.", func(ctx workflow.Context) (string, error) {
		return chargeAndGrant(ctx, "rebate", atMost(50), func(ctx workflow.Context, percent int) (string, error) {
			paid := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, -percent))
			return fmt.Sprintf("%d%% off, %s", percent, paid), nil
		})
	}},
	whole{"removed", "Handles no update any more.", func(ctx workflow.Context) (string, error) {
		return chargeAndWait(ctx), nil
	}},
)

// chargeAndGrant is chargeAndWait with a handler of an update.
func chargeAndGrant(ctx workflow.Context, update string, validator, handler any) (string, error) {
	if err := setDiscount(ctx, update, validator, handler); err != nil {
		return "", err
	}
	return chargeAndWait(ctx), nil
}

func setDiscount(ctx workflow.Context, update string, validator, handler any) error {
	return workflow.SetUpdateHandlerWithOptions(ctx, update, handler, workflow.UpdateHandlerOptions{Validator: validator})
}

// atMost is the validator of a discount.
func atMost(limit int) func(int) error {
	return func(percent int) error {
		if percent > limit {
			return fmt.Errorf("no discount of more than %d%%", limit)
		}
		return nil
	}
}
