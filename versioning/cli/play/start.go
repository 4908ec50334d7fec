package play

import (
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// callTimeout is how long the service may take to answer a call, and a worker to
// answer a query.
const callTimeout = 10 * time.Second

// start starts an execution and returns its run ID. An ID that was used by an
// execution that has closed can be used again, as Temporal has it by default.
func (s *connection) start(ctx context.Context, f *versioning.Family, sc versioning.Scenario, id string) (runID string,
	err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	run, err := s.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                                       id,
		TaskQueue:                                taskQueue(f),
		WorkflowIDConflictPolicy:                 enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}, f.TypeOf(sc), sc.Input...)
	var started *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &started) {
		return "", fmt.Errorf("workflow ID %s is in use by an open execution (run ID %s): "+
			"choose another ID, or see %s", id, started.RunId, s.describeHint(id))
	}
	if err != nil {
		return "", fmt.Errorf("starting %s: %w", id, s.Explain(err))
	}
	return run.GetRunID(), nil
}

// awaitClose waits a while for the execution to close, so that a query in the
// same call has something to tell.
func (s *connection) awaitClose(ctx context.Context, id, runID string) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_ = s.GetWorkflow(ctx, id, runID).Get(ctx, nil)
}
