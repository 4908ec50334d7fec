package interleavings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// steps drives one step after the other.
func steps(drives ...versioning.Drive) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		for _, drive := range drives {
			if err := drive(ctx, c, run); err != nil {
				return err
			}
		}
		return nil
	}
}

// until waits for the order to say that its last step begins with the word. What
// is driven next then meets an execution that is at rest, so that every recording
// of a scenario has the same events in the same order.
func until(step string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		for {
			// Not the run that was started, but the one that is open.
			answer, err := c.QueryWorkflow(ctx, run.GetID(), "", "status")
			if err != nil {
				return fmt.Errorf("asking the order for its status: %w", err)
			}
			var status Status
			if err := answer.Get(&status); err != nil {
				return fmt.Errorf("reading the status of the order: %w", err)
			}
			done := strings.Fields(status.Steps)
			if n := len(done); n > 0 && strings.HasPrefix(done[n-1], step) {
				return nil
			}
			if err := wait(25*time.Millisecond)(ctx, c, run); err != nil {
				return err
			}
		}
	}
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
