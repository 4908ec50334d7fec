package patching

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// PatchComplete is the workflow after the change, with no trace of it left.
func PatchComplete(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	return result, err
}
