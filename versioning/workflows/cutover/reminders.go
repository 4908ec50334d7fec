package cutover

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// RemindV1 is the child workflow of MyWorkflow: it lets a month pass and ends
// with its parent.
func RemindV1(ctx workflow.Context, receipt string) error {
	return workflow.Sleep(ctx, 30*24*time.Hour)
}

// RemindV2 is the child workflow of MyWorkflowV2, which lets a week pass.
func RemindV2(ctx workflow.Context, receipt string) error {
	return workflow.Sleep(ctx, 7*24*time.Hour)
}
