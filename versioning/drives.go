package versioning

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
)

// InOrder runs the drives one after another. It stops at the first error.
func InOrder(drives ...Drive) Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		for _, drive := range drives {
			if err := drive(ctx, c, run); err != nil {
				return err
			}
		}
		return nil
	}
}

// Update sends an update and waits for its result. The update has the same ID in every recording. A
// refused update is no error of the Drive: a validator or the handler may refuse the update with an
// application error.
func Update(id, name string, args ...any) Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		handle, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID:   run.GetID(),
			RunID:        run.GetRunID(),
			UpdateID:     id,
			UpdateName:   name,
			Args:         args,
			WaitForStage: client.WorkflowUpdateStageCompleted,
		})
		if err == nil {
			err = handle.Get(ctx, nil)
		}
		if refusal := (*temporal.ApplicationError)(nil); errors.As(err, &refusal) {
			return nil
		}
		return err
	}
}

// askAgain is the time between two queries of UntilQuery.
const askAgain = 20 * time.Millisecond

// queryTime is how long a query may take before it counts as lost: the service can
// hand one to the poll of a worker that was just stopped, and then nobody answers.
const queryTime = 5 * time.Second

// UntilQuery waits until the workflow's answer to the query satisfies reached. The next drive then
// meets an execution that has come this far. Every recording of the scenario therefore has the same
// events in the same order. UntilQuery asks the latest run of the workflow ID, also after the
// execution has continued as new.
func UntilQuery[Answer any](query string, reached func(Answer) bool) Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		for {
			asking, cancel := context.WithTimeout(ctx, queryTime)
			value, err := c.QueryWorkflow(asking, run.GetID(), "", query)
			// The service knows the deadline too, and can be the first to say that it has passed.
			var passed *serviceerror.DeadlineExceeded
			lost := (asking.Err() != nil || errors.As(err, &passed)) && ctx.Err() == nil
			cancel()
			if err != nil && lost {
				continue
			}
			if err != nil {
				return fmt.Errorf("waiting for an answer to the query %q: %w", query, err)
			}
			var answer Answer
			if err := value.Get(&answer); err != nil {
				return fmt.Errorf("reading the answer to the query %q: %w", query, err)
			}
			if reached(answer) {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("the query %q is still answered with %v: %w", query, answer, ctx.Err())
			case <-time.After(askAgain):
			}
		}
	}
}
