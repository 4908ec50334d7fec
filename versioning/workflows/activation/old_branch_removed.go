package activation

import (
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"
)

// OldBranchRemoved no longer supports executions that send invoices: its
// GetVersion call accepts version 1 only.
func OldBranchRemoved(ctx workflow.Context) (string, error) {
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
		workflow.GetVersion(ctx, ChangeID, 1, 1)
		var how string
		if err := workflow.ExecuteActivity(ctx, ChargeCard, request).Get(ctx, &how); err != nil {
			return "", err
		}
		billed = append(billed, how)
	}
}
