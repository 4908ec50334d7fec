// Package order is the workflow of an order: reserve the goods, charge the
// customer, wait until the warehouse has packed them, ship them.
package order

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// WorkflowType is the name that Order is registered with.
const WorkflowType = "Order"

// Packed is the signal of the warehouse.
const Packed = "packed"

// An Input is what a customer has ordered.
type Input struct {
	OrderID string `json:"orderId"`
	Email   string `json:"email"`
	Cents   int    `json:"cents"`
}

// Order runs one order until it is shipped, and returns the tracking number.
func Order(ctx workflow.Context, in Input) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, Reserve, in.OrderID).Get(ctx, nil); err != nil {
		return "", err
	}
	if err := workflow.ExecuteActivity(ctx, Charge, in.OrderID, in.Cents).Get(ctx, nil); err != nil {
		return "", err
	}
	workflow.GetSignalChannel(ctx, Packed).Receive(ctx, nil)
	var tracking string
	err := workflow.ExecuteActivity(ctx, Ship, in.OrderID, in.Email).Get(ctx, &tracking)
	return tracking, err
}
