package cutover

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// MyWorkflow charges an order, keeps a reminder running, and waits until the
// order is delivered, or returned and refunded. The query "result" answers with
// the calls that the code has made and what they gave, as it does in every stage.
func MyWorkflow(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})

	var receipt string
	if err := workflow.ExecuteActivity(ctx, "billing.v1.Charge").Get(ctx, &receipt); err != nil {
		return "", err
	}
	result = "billing.v1.Charge gave " + receipt

	reminder := workflow.ExecuteChildWorkflow(ctx, "reminders.v1.Remind", receipt)
	if err := reminder.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
		return "", err
	}
	result += "; reminders.v1.Remind runs"

	var end string
	workflow.GetSignalChannel(ctx, "end").Receive(ctx, &end)
	if end == "returned" {
		var refunded string
		if err := workflow.ExecuteActivity(ctx, "billing.v1.Refund", receipt).Get(ctx, &refunded); err != nil {
			return "", err
		}
		result += "; " + refunded
	}
	return result, nil
}
