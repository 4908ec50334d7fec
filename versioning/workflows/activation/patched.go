package activation

import (
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Patched holds both branches behind GetVersion. It is the code of the stages
// at-once, switched-off and switched-on: what they record for an execution that
// reaches the call for the first time is decided by the options of their
// workers.
func Patched(ctx workflow.Context) (string, error) {
	var billed []string
	result := func() (string, error) { return strings.Join(billed, ", "), nil }
	if err := workflow.SetQueryHandler(ctx, "result", result); err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	requests := workflow.GetSignalChannel(ctx, "request")
	for {
		var request string
		requests.Receive(ctx, &request)
		if request == "close" {
			return result()
		}
		bill := ChargeCard
		if workflow.GetVersion(ctx, ChangeID, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
			bill = SendInvoice
		}
		var how string
		if err := workflow.ExecuteActivity(ctx, bill, request).Get(ctx, &how); err != nil {
			return "", err
		}
		billed = append(billed, how)
	}
}
