package revisions

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Removed is the workflow after the last revision, with no trace of the change left.
func Removed(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, AnotherPatchActivity).Get(ctx, &result)
	return result, err
}
