package activation

import (
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Initial is the workflow before the change: it sends an invoice for each order
// until it is closed. The query "result" answers with how the orders so far were
// billed, as it does in every stage.
func Initial(ctx workflow.Context) (string, error) {
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
		var how string
		if err := workflow.ExecuteActivity(ctx, SendInvoice, request).Get(ctx, &how); err != nil {
			return "", err
		}
		billed = append(billed, how)
	}
}
