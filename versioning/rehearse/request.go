package rehearse

import (
	"cmp"
	"context"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Scope says which waiting points are rehearsed.
type Scope string

const (
	// Budgeted is the last waiting point of an open recording. Of a cell that is not safe it is all
	// points, as many as a budget allows: see docs/live.md.
	Budgeted Scope = ""
	// All is every waiting point.
	All Scope = "all"
	// None is no point.
	None Scope = "none"
)

// A Request is what is to be rehearsed of one cell.
type Request struct {
	Stage     versioning.Stage
	Recording *history.Recording
	// Reference is the stage that ran the execution last, nil if it is not known or not at hand. It
	// says what a made-up task should do.
	Reference *versioning.Stage
	// Unsafe is whether the replay of the cell is not safe, and Event the ID of the event where code
	// and history part.
	Unsafe bool
	Event  int64
	Scope  Scope
	// Argument, if not nil, returns what a signal or an update of that name has brought in another
	// recording of the family, false if none has one. It is asked for names that the recording has no
	// arguments for.
	Argument func(News) (Argument, bool)
}

// Rehearse says what live Workers of a stage do with an execution that waits at points of the
// recording. It runs workflow code, and nothing that acts.
func (r *Rehearser) Rehearse(ctx context.Context, q Request) (effects Effects) {
	x, err := r.rehearsal(q.Stage, q.Recording)
	if err != nil {
		return Effects{Failed: err.Error()}
	}
	open := !q.Recording.Closed()
	points := x.points(open)
	effects.Points = len(points)
	if q.Scope == None || q.Scope == Budgeted && !q.Unsafe && !open {
		return effects
	}
	reference, err := r.reference(q)
	if err != nil {
		return Effects{Points: effects.Points, Failed: err.Error()}
	}
	var kept *known
	if reference != nil {
		kept = r.known(q.Recording, q.Reference.Name)
	}
	spend := max(leastBudget, budget*len(q.Recording.History.GetEvents()))
	rehearsed := map[int]bool{}
	for _, n := range q.order(x, points) {
		cost := x.cost(n)
		if q.Scope == Budgeted && len(effects.List) > 0 && cost > spend {
			continue
		}
		spend -= cost
		effect, err := q.at(ctx, r, x, reference, kept, n)
		if err != nil {
			effects.Failed = err.Error()
			break
		}
		rehearsed[n] = true
		effects.List = append(effects.List, effect)
	}
	if last := len(x.tasks); open && last > 0 && rehearsed[last] && effects.Failed == "" {
		q.madeUp(ctx, r, x, reference, kept, spend, &effects)
	}
	slices.SortStableFunc(effects.List, func(a, b Effect) int { return cmp.Compare(a.Point, b.Point) })
	effects.Rehearsed = len(rehearsed)
	return effects
}

// judged says whether an effect breaks the execution, where what should happen is known or not.
func judged(e Effect, reference bool) Effect {
	switch e.Kind {
	case Stuck:
		e.Breaks = reference || e.News.Kind != CancelRequested
	case Closes, Hangs:
		e.Breaks = reference && !e.ByVersion
	}
	return e
}

// own reports whether the stage is the one that ran the execution.
func (q Request) own() bool { return q.Reference != nil && q.Reference.Name == q.Stage.Name }

// reference is the execution at the stage that ran it, nil if that is not known, or is the stage that
// is asked.
func (r *Rehearser) reference(q Request) (*rehearsal, error) {
	if q.Reference == nil || q.own() {
		return nil, nil
	}
	return r.rehearsal(*q.Reference, q.Recording)
}

// at rehearses the task after the first n completed ones.
func (q Request) at(ctx context.Context, r *Rehearser, x, reference *rehearsal, kept *known, n int) (effect Effect,
	err error) {
	var after []*historypb.HistoryEvent
	if n < len(x.tasks) {
		effect, after, err = x.at(ctx, n, nil)
		effect.Roll = q.roll(ctx, r, after)
		return x.looked(ctx, n, nil, judged(effect, true), q.Unsafe), err
	}
	made := &madeUp{}
	if made.events, made.News = x.afterwards(); reference != nil && n > 0 {
		kept.answer(ctx, reference, made, q.follows)
	}
	effect, after, err = x.at(ctx, n, made)
	effect.Roll = q.roll(ctx, r, after)
	if q.own() && effect.Kind == Closes {
		effect.Kind, effect.Code = AsRecorded, nil // what the code does is what it should do
	}
	return x.looked(ctx, n, made, judged(effect, made.known), q.Unsafe), err
}
