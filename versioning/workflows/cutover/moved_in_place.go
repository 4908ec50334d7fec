package cutover

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// MovedInPlace is what not to do: MyWorkflow is moved to the new billing system
// and the new reminders without a new workflow type and without GetVersion. The
// SDK sees no difference, because it compares activity and child workflow types
// after their last dot only.
func MovedInPlace(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})

	var receipt string
	if err := workflow.ExecuteActivity(ctx, "billing.v2.Charge").Get(ctx, &receipt); err != nil {
		return "", err
	}
	result = "billing.v2.Charge gave " + receipt

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
