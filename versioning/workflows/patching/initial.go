package patching

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Initial is the workflow before the change. The query "result" answers with
// what the workflow has so far, as it does in every stage.
func Initial(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, PrePatchActivity).Get(ctx, &result)
	return result, err
}
