package runtimechecks

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// day is the duration of a timer that does not fire while it is recorded.
const day = 24 * time.Hour

// Reserve is an activity. It returns what it has reserved.
func Reserve(_ context.Context, item string) (string, error) {
	return item + " reserved", nil
}

// Charge is an activity. It returns the amount that it has charged.
func Charge(_ context.Context, amount int) (string, error) {
	return fmt.Sprintf("%d charged", amount), nil
}

// SendReceipt is an activity. It returns that it has sent one.
func SendReceipt(context.Context) (string, error) {
	return "receipt sent", nil
}

// billingCharge is the type of another activity that charges. It has a function
// of its own: a worker calls a function by the last name that it was registered
// under, so Charge under two names would be billing.Charge for every stage.
const billingCharge = "billing.Charge"

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(Reserve)
	r.RegisterActivity(Charge)
	r.RegisterActivity(SendReceipt)
	r.RegisterActivityWithOptions(func(ctx context.Context, amount int) (string, error) {
		charged, err := Charge(ctx, amount)
		return charged + " by billing", err
	}, activity.RegisterOptions{Name: billingCharge})
}

// Pack is a child workflow that is open until its parent closes, whose
// ParentClosePolicy is the default one and terminates it.
func Pack(ctx workflow.Context, item string) error {
	workflow.GetSignalChannel(ctx, "packed").Receive(ctx, nil)
	return nil
}

// Ship is a child workflow that is open until its parent closes.
func Ship(ctx workflow.Context, address string) error {
	workflow.GetSignalChannel(ctx, "delivered").Receive(ctx, nil)
	return nil
}

// Insure is a child workflow that is open until its parent closes.
func Insure(ctx workflow.Context, value int) error {
	workflow.GetSignalChannel(ctx, "delivered").Receive(ctx, nil)
	return nil
}

// courierShip is the type of another Child Workflow that ships. It has a
// function of its own for the same reason as billingCharge.
const courierShip = "courier.Ship"

func registerOthers(r worker.WorkflowRegistry) {
	r.RegisterWorkflow(Pack)
	r.RegisterWorkflow(Ship)
	r.RegisterWorkflow(Insure)
	r.RegisterWorkflow(Archive)
	r.RegisterWorkflowWithOptions(func(ctx workflow.Context, address string) error {
		return Ship(ctx, address)
	}, workflow.RegisterOptions{Name: courierShip})
}

// No execution has these IDs, so that a request to it always fails in the same
// way. It is the request that is recorded.
const (
	warehouse = "warehouse-that-is-missing"
	courier   = "courier-that-is-missing"
	insurance = "insurance-that-is-missing"

	courierRun = "01900000-0000-7000-8000-000000000000"
)
