package play

import (
	"context"
	"errors"
	"fmt"
	"time"

	historypb "go.temporal.io/api/history/v1"
)

// stepTimeout is how long a step of the walk-through may take. A workflow task
// that a stage has failed is tried again after 10 seconds, and later after more.
const stepTimeout = time.Minute

// awaitEvent waits for an event of that kind.
func (s *story) awaitEvent(ctx context.Context, id string, patience time.Duration,
	kind func(*historypb.HistoryEvent) bool) (*historypb.HistoryEvent, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, &nothingHappened{id, patience})
	defer cancel()
	defer s.waiting("waiting for " + id)()
	return s.service.follow(ctx, id, s.started[id], kind)
}

// nothingHappened is for an execution that nothing moves.
type nothingHappened struct {
	id    string
	since time.Duration
}

func (e *nothingHappened) Error() string {
	return fmt.Sprintf("nothing happened to %s for %v", e.id, e.since)
}

func isStuck(err error) bool {
	var stuck *nothingHappened
	return errors.As(err, &stuck)
}
