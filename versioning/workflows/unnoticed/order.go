package unnoticed

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// day is the duration of a timer that does not fire while it is recorded.
const day = 24 * time.Hour

// Charge is an activity. It returns the amount that it has charged.
func Charge(_ context.Context, amount int) (string, error) {
	return fmt.Sprintf("%d charged", amount), nil
}

// Ship is an activity. It returns what it was told of the parcel.
func Ship(_ context.Context, parcel string) (string, error) {
	return "shipped: " + parcel, nil
}

// SendReceipt is an activity. It returns that it has sent one.
func SendReceipt(context.Context) (string, error) {
	return "receipt sent", nil
}

// Pack is a Child Workflow that is open until it is told, or its parent closes.
func Pack(ctx workflow.Context, item string) (string, error) {
	workflow.GetSignalChannel(ctx, "packed").Receive(ctx, nil)
	return item + " packed", nil
}

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(Charge)
	r.RegisterActivity(Ship)
	r.RegisterActivity(SendReceipt)
	r.RegisterActivity(Refuse)
}

// answering answers the query "state" with what is returned.
func answering(ctx workflow.Context) *string {
	state := new(string)
	if err := workflow.SetQueryHandler(ctx, "state", func() (string, error) { return *state, nil }); err != nil {
		panic(err) // it is set once
	}
	return state
}

// outcome waits for the call and returns what came of it in words.
func outcome(ctx workflow.Context, call workflow.Future) string {
	var result string
	if err := call.Get(ctx, &result); err != nil {
		return err.Error()
	}
	return result
}

// waitFor waits until the signal comes.
func waitFor(ctx workflow.Context, signal string) {
	workflow.GetSignalChannel(ctx, signal).Receive(ctx, nil)
}

func withActivities(ctx workflow.Context) workflow.Context {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
}
