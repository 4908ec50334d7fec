package interleavings

import (
	"context"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// until waits for the order to say that its last step begins with the word. What
// is driven next then meets an execution that is at rest.
func until(step string) versioning.Drive {
	return versioning.UntilQuery("status", func(status Status) bool {
		done := strings.Fields(status.Steps)
		return len(done) > 0 && strings.HasPrefix(done[len(done)-1], step)
	})
}

func wait(d time.Duration) versioning.Drive {
	return func(ctx context.Context, _ client.Client, _ client.WorkflowRun) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(d):
			return nil
		}
	}
}

func pay(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), "", "paid", nil)
}

// deliver signals the child workflow that is parcel n.
func deliver(n int) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, parcelID(run.GetID(), n), "", "delivered", nil)
	}
}

func changeAddress(to string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		handle, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID:   run.GetID(),
			UpdateID:     "change-address to " + to,
			UpdateName:   "change-address",
			Args:         []any{to},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		})
		if err != nil {
			return err
		}
		return handle.Get(ctx, nil)
	}
}
