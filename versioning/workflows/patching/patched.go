package patching

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Patched holds both branches: executions that began under Initial go on with
// PrePatchActivity, new ones record version 1 and call PostPatchActivity.
func Patched(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if workflow.GetVersion(ctx, "my-patch", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		err = workflow.ExecuteActivity(ctx, PrePatchActivity).Get(ctx, &result)
	} else {
		err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	}
	return result, err
}
