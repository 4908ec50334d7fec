package runtimechecks

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// chargeAndWait is what all workflows do whose endings are changed. It returns
// when the workflow is told to end.
func chargeAndWait(ctx workflow.Context) string {
	var charged string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return charged, nil })
	if err != nil {
		return err.Error()
	}
	ctx = withActivities(ctx)
	charged = outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
	take := func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, nil) }
	workflow.NewSelector(ctx).
		AddReceive(workflow.GetSignalChannel(ctx, "finish"), take).
		AddReceive(ctx.Done(), take).
		Select(ctx)
	return charged
}

func withActivities(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
}
