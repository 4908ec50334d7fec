package runtimechecks

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// chargeAndWait is what all workflows do of which something else is changed than
// their calls. It returns when the workflow is told to end.
func chargeAndWait(ctx workflow.Context) string {
	var charged string
	if err := answerWith(ctx, &charged); err != nil {
		return err.Error()
	}
	charged = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
	waitForEnd(ctx)
	return charged
}

// answerWith answers the query "result".
func answerWith(ctx workflow.Context, result *string) error {
	return workflow.SetQueryHandler(ctx, "result", func() (string, error) { return *result, nil })
}

func waitForEnd(ctx workflow.Context) {
	take := func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, nil) }
	workflow.NewSelector(ctx).
		AddReceive(workflow.GetSignalChannel(ctx, "finish"), take).
		AddReceive(ctx.Done(), take).
		Select(ctx)
}

func withActivities(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
}
