package revisions

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Version1 does the swap with GetVersion: executions that began under PrePatch
// keep PrePatchActivity, new ones record version 1.
func Version1(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if workflow.GetVersion(ctx, "Step 1", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		err = workflow.ExecuteActivity(ctx, PrePatchActivity).Get(ctx, &result)
	} else {
		err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	}
	return result, err
}
