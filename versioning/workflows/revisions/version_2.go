package revisions

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Version2 revises the change under the same change ID: all three branches are
// there, and new executions record version 2.
func Version2(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	switch workflow.GetVersion(ctx, "Step 1", workflow.DefaultVersion, 2) {
	case workflow.DefaultVersion:
		err = workflow.ExecuteActivity(ctx, PrePatchActivity).Get(ctx, &result)
	case 1:
		err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	default:
		err = workflow.ExecuteActivity(ctx, AnotherPatchActivity).Get(ctx, &result)
	}
	return result, err
}
