// Package order is the workflow of a shop, as the documentation of package
// replaytest takes it for its example.
package order

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Order charges for an order and ships it.
func Order(ctx workflow.Context, number string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, Charge, number).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, Ship, number).Get(ctx, nil)
}

// Charge takes the money.
func Charge(context.Context, string) error { return nil }

// Ship sends the parcel.
func Ship(context.Context, string) error { return nil }
