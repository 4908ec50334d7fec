package unnoticed

import (
	"context"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// send sends the signal, unless the execution has closed: some stages end early.
func send(signal string, with any) versioning.Drive {
	return unlessClosed(func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), signal, with)
	})
}

// unlessClosed is the drive for an execution that may have closed before.
func unlessClosed(drive versioning.Drive) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		err := drive(ctx, c, run)
		if err != nil && strings.Contains(err.Error(), "workflow execution already completed") {
			return nil
		}
		return err
	}
}

func terminate(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.TerminateWorkflow(ctx, run.GetID(), run.GetRunID(), "no longer wanted")
}

// until waits until the query "state" has an answer that begins so.
func until(state string) versioning.Drive {
	return versioning.UntilQuery("state", func(s string) bool { return strings.HasPrefix(s, state) })
}

// timesOut starts an execution that times out where it waits.
func timesOut(o *client.StartWorkflowOptions) { o.WorkflowRunTimeout = time.Second }

// later waits for so long that what was sent before is in a Workflow Task of its
// own, and what is sent after it comes while a slow Worker is at that task.
func later(ctx context.Context, _ client.Client, _ client.WorkflowRun) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(150 * time.Millisecond):
		return nil
	}
}

// handled waits until a Worker has answered the Workflow Task that is scheduled, or
// has failed at it once.
func handled(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	for {
		described, err := c.DescribeWorkflowExecution(ctx, run.GetID(), run.GetRunID())
		if err != nil {
			return err
		}
		if task := described.GetPendingWorkflowTask(); task == nil || task.GetAttempt() > 1 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}
