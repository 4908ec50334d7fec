package cli

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// stepTimeout is how long a step of the walk-through may take. A workflow task
// that a stage has failed is tried again after 10 seconds.
const stepTimeout = time.Minute

// awaitEvent waits for the first event of that kind after those that the
// execution had when it was awaited before.
func (s *story) awaitEvent(ctx context.Context, id string, kind func(*historypb.HistoryEvent) bool) (*historypb.HistoryEvent, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, stepTimeout, fmt.Errorf("nothing happened to %s for %v", id, stepTimeout))
	defer cancel()
	defer s.waiting("waiting for " + id)()
	events := s.service.GetWorkflowHistory(ctx, id, s.started[id], true, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			if cause := context.Cause(ctx); cause != nil {
				return nil, cause
			}
			return nil, fmt.Errorf("following %s: %w", id, s.service.explain(err))
		}
		if event.GetEventId() > s.seen[id] && kind(event) {
			s.seen[id] = event.GetEventId()
			return event, nil
		}
	}
	return nil, fmt.Errorf("%s closed in another way than expected", id)
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
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		return true
	}
	return false
}

func closedOrFailed(e *historypb.HistoryEvent) bool { return closed(e) || taskFailed(e) }

// waiting shows on a terminal what is being waited for, if it takes a second, and
// returns how to take that away.
func (s *session) waiting(what string) (done func()) {
	if !isTerminal(s.Stderr) {
		return func() {}
	}
	shown := make(chan bool, 1)
	timer := time.AfterFunc(time.Second, func() {
		fmt.Fprintf(s.Stderr, "%s …", what)
		shown <- true
	})
	return func() {
		if !timer.Stop() {
			<-shown
			fmt.Fprint(s.Stderr, "\r\x1b[K")
		}
	}
}
