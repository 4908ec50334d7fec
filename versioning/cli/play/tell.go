package play

import (
	"context"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
)

func (s *story) tell(ctx context.Context) error {
	for _, stage := range s.family.Stages {
		if err := s.release(ctx, stage); err != nil {
			return err
		}
	}
	mistakes, err := s.mistakes(ctx)
	if err != nil {
		return err
	}
	for i, m := range mistakes {
		if err := s.make(ctx, i+1, m); err != nil {
			return err
		}
	}
	s.printf("\n")
	s.comment("%d answers were compared with those of the recordings, and are the same. "+
		"%d more queries went to a worker of a stage that is not safe for the execution.", s.compared, s.shown)
	return nil
}

// release runs the worker of the stage, starts an execution with it, and queries
// all that were started so far.
func (s *story) release(ctx context.Context, stage versioning.Stage) error {
	s.printf("\n")
	s.comment("%s: %s", stage.Name, stage.Doc)
	if err := s.startWorker(ctx, stage.Name); err != nil {
		return err
	}
	sc, _ := s.proof.recorded(stage.Name, completes)
	x := played{workflowID(stage.Name), sc, stage.Name + "." + sc.Name}
	if err := s.start(ctx, x); err != nil {
		return err
	}
	event, err := s.awaitEvent(ctx, x.id, stepTimeout, closedOrFailed)
	if err != nil {
		return err
	}
	if event.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED {
		return s.shared(ctx,
			fmt.Errorf("%s under %s: the recordings say that it completes, and the service says %s at event %d",
				x.id, stage.Name, event.GetEventType(), event.GetEventId()))
	}
	s.executions = append(s.executions, x)
	for _, x := range s.executions {
		if err := s.ask(ctx, x, stage.Name); err != nil {
			return err
		}
	}
	return s.stopWorker(ctx)
}
