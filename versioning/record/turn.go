package record

import (
	"context"
	"fmt"
	"time"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// continueAsNewInterval is how long a run must last for the service to begin the
// next one at once: its setting history.workflowIdReuseMinimalInterval.
const continueAsNewInterval = time.Second

// awaitRest waits, in a family with builds, until the execution has done what it
// can do by itself. What comes while it is busy would meet it now on one side of
// a change of the routing, now on the other.
func (x *observed) awaitRest(ctx context.Context, e execution, t turn) error {
	if !x.family.HasBuilds() {
		return nil
	}
	if err := x.awaitQuiet(ctx, !e.scenario.WithoutActivities()); err != nil {
		return err
	}
	d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
	if err != nil {
		return fmt.Errorf("describing the execution: %w", err)
	}
	x.rest = d.GetWorkflowExecutionInfo().GetHistoryLength()
	// The service lets the first task of a new run wait if the old one has not
	// lasted that long, and writes the time into the history.
	age := time.Since(d.GetWorkflowExecutionInfo().GetStartTime().AsTime())
	if t.newRun && age < continueAsNewInterval {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(continueAsNewInterval - age):
		}
	}
	return nil
}

// follow waits until the execution continues as new, and goes on with the new
// run.
func (x *observed) follow(ctx context.Context) error {
	var newRun string
	var got versioning.Ending
	err := x.await(ctx, func(e *historypb.HistoryEvent) (closed bool) {
		newRun = e.GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId()
		got, closed = endings[e.GetEventType()]
		return closed
	})
	if err != nil {
		return err
	}
	if newRun == "" {
		return &EndingError{Want: versioning.ContinuedAsNew, Got: got}
	}
	x.run, x.events, x.rest = x.Client.GetWorkflow(ctx, x.run.GetID(), newRun), nil, 0
	return nil
}
