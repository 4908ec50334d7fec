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
	// Arguments are those of the family. Those of the recording come first.
	Arguments Arguments
}

// budget bounds what all rehearsals of a cell may cost, in replays of the whole recording.
const budget = 8

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
	spend := budget * len(q.Recording.History.GetEvents())
	rehearsed := map[int]bool{}
	for _, n := range q.order(x, points) {
		cost := x.cost(n)
		if q.Scope == Budgeted && len(effects.List) > 0 && cost > spend {
			continue
		}
		spend -= cost
		effect, err := x.at(ctx, n, nil)
		if err != nil {
			effects.Failed = err.Error()
			break
		}
		rehearsed[n] = true
		effects.List = append(effects.List, judged(effect, n < len(x.tasks)))
	}
	if last := len(x.tasks); open && last > 0 && rehearsed[last] && effects.Failed == "" {
		r.madeUp(ctx, q, x, spend, &effects)
	}
	slices.SortStableFunc(effects.List, func(a, b Effect) int { return cmp.Compare(a.Point, b.Point) })
	effects.Rehearsed = len(rehearsed)
	return effects
}

// points are the numbers of completed tasks after which the execution waits. That of a closed
// execution has none after its last task.
func (x *rehearsal) points(open bool) (points []int) {
	for n := min(1, len(x.tasks)); n < len(x.tasks); n++ {
		points = append(points, n)
	}
	if open {
		points = append(points, len(x.tasks))
	}
	return points
}

// cost is the number of events that a rehearsal of the point replays.
func (x *rehearsal) cost(n int) int {
	if n < len(x.tasks) {
		return int(x.tasks[n].Started)
	}
	return len(x.recording.History.GetEvents())
}

// order is that of the points for as long as the budget lasts: the last one of an open recording
// first, then those around the divergence.
func (q Request) order(x *rehearsal, points []int) []int {
	if q.Scope == All {
		return points
	}
	last := len(x.tasks)
	if !q.Unsafe {
		return slices.DeleteFunc(points, func(n int) bool { return n != last })
	}
	around, _ := slices.BinarySearchFunc(x.tasks, q.Event, func(t task, event int64) int {
		return cmp.Compare(t.Completed, event)
	})
	ordered := slices.Clone(points)
	distance := func(n int) int {
		if n == last {
			return -1
		}
		return max(n-around, around-n)
	}
	slices.SortStableFunc(ordered, func(a, b int) int { return cmp.Compare(distance(a), distance(b)) })
	return ordered
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

// madeUp rehearses tasks that can come at the end of an open recording, by the stage that ran it and
// by this one, as long as the budget lasts.
func (r *Rehearser) madeUp(ctx context.Context, q Request, x *rehearsal, spend int, effects *Effects) {
	var reference *rehearsal
	if q.Reference != nil {
		if q.Reference.Name == q.Stage.Name {
			return // what the code does is what it should do
		}
		reference, _ = r.rehearsal(*q.Reference, q.Recording)
	}
	last := slices.MaxFunc(effects.List, func(a, b Effect) int { return cmp.Compare(a.Point, b.Point) })
	for _, made := range x.madeUp(q.arguments(), last.WaitsFor.Signals, last.WaitsFor.Updates) {
		cost := len(made.events)
		if reference != nil {
			cost *= 2
		}
		if q.Scope == Budgeted && cost > spend {
			continue
		}
		spend -= cost
		if reference != nil {
			made.expected, made.known = reference.does(ctx, made)
		}
		effect, err := x.at(ctx, len(x.tasks), made)
		if err != nil {
			effects.Failed = err.Error()
			return
		}
		if made.known || effect.Kind == Stuck || effect.Kind == Unknown {
			effects.List = append(effects.List, judged(effect, made.known))
		}
	}
}

// does returns the events that the code makes in a made-up task, if it can be known.
func (x *rehearsal) does(ctx context.Context, made *madeUp) (list []*historypb.HistoryEvent, known bool) {
	v := x.newVisit(len(x.tasks), &madeUp{News: made.News, events: made.events})
	unknown, err := x.play(ctx, v.first(), false, v.next)
	if err != nil || unknown != nil || v.effect.Kind == Stuck {
		return nil, false
	}
	return v.answered, true
}

// arguments are those of the recording, and then those of the family.
func (q Request) arguments() Arguments {
	own := ArgumentsOf(q.Recording)
	for name, input := range q.Arguments.Signals {
		if _, ok := own.Signals[name]; !ok {
			own.Signals[name] = input
		}
	}
	for name, input := range q.Arguments.Updates {
		if _, ok := own.Updates[name]; !ok {
			own.Updates[name] = input
		}
	}
	return own
}
