package unchanged

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var untilMarker = untilEvent(enumspb.EVENT_TYPE_MARKER_RECORDED)

// untilEvent waits until the history has an event of the type.
func untilEvent(kind enumspb.EventType) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		events := c.GetWorkflowHistory(ctx, run.GetID(), run.GetRunID(), true, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		for events.HasNext() {
			event, err := events.Next()
			if err != nil {
				return fmt.Errorf("waiting for %s: %w", kind, err)
			}
			if event.GetEventType() == kind {
				return nil
			}
		}
		return fmt.Errorf("the history ended without %s", kind)
	}
}

// untilTaskRuns waits until a Worker is at a Workflow Task.
func untilTaskRuns(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return lookUntil(ctx, func() (bool, error) {
		d, err := c.DescribeWorkflowExecution(ctx, run.GetID(), run.GetRunID())
		return d.GetPendingWorkflowTask().GetState() == enumspb.PENDING_WORKFLOW_TASK_STATE_STARTED, err
	})
}

// untilSecondAttempt waits until another run has followed the first.
func untilSecondAttempt(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return lookUntil(ctx, func() (bool, error) {
		d, err := c.DescribeWorkflowExecution(ctx, run.GetID(), "")
		return d.GetWorkflowExecutionInfo().GetExecution().GetRunId() != run.GetRunID(), err
	})
}

func lookUntil(ctx context.Context, reached func() (bool, error)) error {
	for {
		if done, err := reached(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}
