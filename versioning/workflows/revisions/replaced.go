package revisions

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Replaced swaps the activity with no GetVersion around it. It is the mistake
// that this family is about: the replayer rejects every execution that began
// under PrePatch, and a live worker completes them with the wrong branch.
func Replaced(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	return result, err
}
