package play

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
)

// follow returns the first event of the run that is of that kind, and waits for
// one. A run that has continued as new is followed into the next one.
func (s *connection) follow(ctx context.Context, id, runID string,
	kind func(*historypb.HistoryEvent) bool) (*historypb.HistoryEvent, error) {
	events := s.GetWorkflowHistory(ctx, id, runID, true, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			if cause := endOf(ctx, err); cause != nil {
				return nil, cause
			}
			return nil, fmt.Errorf("following %s: %w", id, s.Explain(err))
		}
		if kind(event) {
			return event, nil
		}
		if next := event.GetWorkflowExecutionContinuedAsNewEventAttributes(); next != nil {
			return s.follow(ctx, id, next.GetNewExecutionRunId(), kind)
		}
	}
	return nil, fmt.Errorf("%s closed in another way than expected", id)
}

// endOf returns why ctx has ended, nil if it goes on and err is about something
// else. gRPC keeps a timer of its own for the deadline of ctx, and its error can
// arrive a moment before ctx ends.
func endOf(ctx context.Context, err error) error {
	if deadline, ok := ctx.Deadline(); ok && connect.IsDeadline(err) && time.Until(deadline) < time.Second {
		<-ctx.Done()
	}
	return context.Cause(ctx)
}

func taskCompleted(e *historypb.HistoryEvent) bool {
	return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
}

func taskFailed(e *historypb.HistoryEvent) bool {
	return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED
}

func closed(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT:
		return true
	}
	return false
}

func closedOrFailed(e *historypb.HistoryEvent) bool { return closed(e) || taskFailed(e) }
