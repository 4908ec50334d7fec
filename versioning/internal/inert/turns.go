package inert

import (
	"context"
	"time"
)

// turns let local activities of one Workflow Task end in the order in which they are recorded:
// code that waits for several gets their results in that order.
type turns struct {
	// asked counts the local activities that the code has asked for in this task, entered those
	// that would run now, and ended those whose result the workflow has got.
	asked, entered, ended int
	// askedAfter is the number that had ended when the last one was asked for, and idleAfter the
	// highest number after which the code is known to have come to rest: the SDK hands local
	// activities out when it has (CompleteWorkflowTask in its internal/internal_task_handlers.go).
	askedAfter, idleAfter int
	// waiting are the positions of those that wait for their turn.
	waiting map[int]bool
	// changed is closed, and made anew, when something ends or enters.
	changed chan struct{}
}

// rest is how long workflow code can run before the SDK says that it is deadlocked. Code that has
// not asked for a local activity by then waits for something else.
const rest = time.Second

func (r *Run) asksLocalActivity() {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turns.asked++
	r.turns.askedAfter = r.turns.ended
}

func (r *Run) enters() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.turns.entered++; r.turns.entered >= r.turns.asked {
		r.turns.idleAfter = max(r.turns.idleAfter, r.turns.askedAfter)
	}
	r.turns.change()
}

// ends says that the workflow gets the result of a local activity. It returns what is recorded of
// it, nil if nothing is.
func (r *Run) ends(id, activityType string) *localResult {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil || r.values.local[id] == nil || r.values.local[id].activityType != activityType {
		return nil
	}
	local := r.values.local[id]
	if !local.ended {
		local.ended = true
		r.turns.ended++
		r.turns.change()
	}
	return local
}

func (t *turns) change() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// waitsForTurn returns when those that are recorded before this one have ended, or cannot come.
func (r *Run) waitsForTurn(ctx context.Context, local *localResult) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.turns.waiting == nil {
		r.turns.waiting = map[int]bool{}
	}
	waiting := r.turns.waiting
	waiting[local.position] = true
	defer delete(waiting, local.position)
	for !r.isNext(local) {
		changed := r.turns.changed
		r.mu.Unlock()
		timer := time.NewTimer(rest)
		over := false
		select {
		case <-changed:
		case <-ctx.Done():
			over = true
		case <-timer.C:
			over = true
		}
		timer.Stop()
		if r.mu.Lock(); over {
			return
		}
	}
}

// isNext reports whether nothing that is recorded before this one is still to come.
func (r *Run) isNext(local *localResult) bool {
	first, missing := true, false
	for _, other := range r.values.local {
		if other.position < local.position && !other.ended {
			missing = true
			first = first && !r.turns.waiting[other.position]
		}
	}
	t := &r.turns
	return !missing || first && t.idleAfter == t.ended && len(t.waiting) == t.entered-t.ended
}
