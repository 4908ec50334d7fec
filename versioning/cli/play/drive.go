package play

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// driveTimeout is how long a scenario may take to do what it does.
const driveTimeout = 20 * time.Second

// drive acts on the execution as its scenario does, once its first workflow task
// has completed.
func (s *connection) drive(ctx context.Context, drive versioning.Drive, id, runID string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, driveTimeout,
		fmt.Errorf("%s did not get where its scenario wants it within %v", id, driveTimeout))
	defer cancel()
	_, err := s.follow(ctx, id, runID, taskCompleted)
	if err == nil {
		if err = drive(ctx, s.Client, s.GetWorkflow(ctx, id, runID)); err != nil {
			if cause := endOf(ctx, err); cause != nil {
				err = cause
			} else {
				err = fmt.Errorf("driving %s: %w", id, s.Explain(err))
			}
		}
	}
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.Is(cause, context.Canceled) {
		return fmt.Errorf("%w: is a worker running? start one with %s, or see %s", cause, s.workerHint(),
			s.describeHint(id))
	}
	return err
}

// finish does to the open execution what closes it, as its scenario says.
func (s *connection) finish(ctx context.Context, finish versioning.Drive, id string) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	err := finish(ctx, s.Client, s.GetWorkflow(ctx, id, ""))
	switch {
	case isUnknown(err):
		return fmt.Errorf("no open execution has workflow ID %s: see %s", id, s.describeHint(id))
	case err != nil:
		return fmt.Errorf("finishing %s: %w", id, s.Explain(err))
	}
	return nil
}
