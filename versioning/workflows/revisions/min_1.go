package revisions

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Min1 deletes the branch of DefaultVersion and says so with a minimum of 1:
// no execution that began under PrePatch may be open any more.
func Min1(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if workflow.GetVersion(ctx, "Step 1", 1, 2) == 1 {
		err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	} else {
		err = workflow.ExecuteActivity(ctx, AnotherPatchActivity).Get(ctx, &result)
	}
	return result, err
}
