package cutover

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// MyWorkflowV2 replaces MyWorkflow under a name of its own: it reserves the
// goods first, and uses the new billing system and reminders. It needs no
// GetVersion, since no execution of MyWorkflow ever runs it.
func MyWorkflowV2(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})

	var reserved string
	if err := workflow.ExecuteActivity(ctx, "stock.Reserve").Get(ctx, &reserved); err != nil {
		return "", err
	}
	result = "stock.Reserve gave " + reserved

	var receipt string
	if err := workflow.ExecuteActivity(ctx, "billing.v2.Charge").Get(ctx, &receipt); err != nil {
		return "", err
	}
	result += "; billing.v2.Charge gave " + receipt

	reminder := workflow.ExecuteChildWorkflow(ctx, "reminders.v2.Remind", receipt)
	if err := reminder.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
		return "", err
	}
	result += "; reminders.v2.Remind runs"

	var end string
	workflow.GetSignalChannel(ctx, "end").Receive(ctx, &end)
	if end == "returned" {
		var refunded string
		if err := workflow.ExecuteActivity(ctx, "billing.v2.Refund", receipt).Get(ctx, &refunded); err != nil {
			return "", err
		}
		result += "; " + refunded
	}
	return result, nil
}
