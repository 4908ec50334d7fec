package revisions

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Min2 deletes the branch of version 1 as well. The call stays, with a minimum
// of 2, to refuse the executions that Removed would replay wrongly.
func Min2(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.GetVersion(ctx, "Step 1", 2, 2)
	err = workflow.ExecuteActivity(ctx, AnotherPatchActivity).Get(ctx, &result)
	return result, err
}
