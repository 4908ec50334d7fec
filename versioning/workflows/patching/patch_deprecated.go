package patching

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// PatchDeprecated no longer supports executions that began under Initial: its
// GetVersion call accepts version 1 only, and the old branch is deleted.
func PatchDeprecated(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.GetVersion(ctx, "my-patch", 1, 1)
	err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	return result, err
}
