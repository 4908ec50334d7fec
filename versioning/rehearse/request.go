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

// budget bounds what all rehearsals of a cell may cost, in replays of the whole recording. A short
// recording may cost more: its made-up tasks alone are as many.
const (
	budget      = 8
	leastBudget = 1000 // events
)

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

// madeUp rehearses tasks that can come at the end of an open recording, by the stage that ran it and
// by this one, as long as the budget lasts.
func (q Request) madeUp(ctx context.Context, r *Rehearser, x, reference *rehearsal, kept *known, spend int, effects *Effects) {
	if q.own() {
		return // what the code does is what it should do
	}
	last := slices.MaxFunc(effects.List, func(a, b Effect) int { return cmp.Compare(a.Point, b.Point) })
	heard, handled := last.WaitsFor.Signals, last.WaitsFor.Updates
	if reference != nil {
		// What only the other code listens to comes too: whoever sends it does not know of this code.
		does := kept.listens(ctx, reference)
		heard, handled = union(heard, does.Signals), union(handled, does.Updates)
	}
	arguments, borrowed := q.arguments(heard, handled)
	effects.Borrowed = borrowed
	for _, made := range x.madeUp(arguments) {
		cost := len(made.events)
		if reference != nil {
			cost *= 2
		}
		if q.Scope == Budgeted && cost > spend {
			continue
		}
		spend -= cost
		if reference != nil {
			asked := kept.answer(ctx, reference, made, q.follows)
			effects.Borrowed = effects.Borrowed || asked
		}
		effect, after, err := x.at(ctx, len(x.tasks), made)
		if err != nil {
			effects.Failed = err.Error()
			return
		}
		effect.Roll = q.roll(ctx, r, after)
		if made.known || effect.Kind == Stuck || effect.Kind == Unknown {
			effects.List = append(effects.List, x.looked(ctx, len(x.tasks), made, judged(effect, made.known), q.Unsafe))
		}
	}
}

// does returns the events that the code makes in a made-up task and in those that follow, if they can
// be known. It chooses the signals that follow.
func (x *rehearsal) does(ctx context.Context, made *madeUp,
	another func(*visit) (following, bool)) (list [][]*historypb.HistoryEvent, known bool) {
	v := x.newVisit(len(x.tasks), made)
	v.another = another
	unknown, err := x.play(ctx, v.first(), false, v.next)
	if err != nil || len(v.answered) == 0 || unknown == nil && v.effect.Kind == Stuck && v.step == 0 {
		made.then = nil
		return nil, false
	}
	made.then = made.then[:min(len(made.then), len(v.answered)-1)]
	return v.answered, true
}

// follows chooses the signal that comes after a task in which the code has done nothing: one that the
// code listens to and that has not come.
func (q Request) follows(borrowed *bool) func(*visit) (following, bool) {
	return func(v *visit) (following, bool) {
		for _, name := range v.effect.WaitsFor.Signals {
			news := News{SignalCame, name}
			if news == v.effect.News || slices.Contains(v.effect.After, news) {
				continue
			}
			arguments, asked := q.arguments([]string{name}, nil)
			*borrowed = *borrowed || asked
			if input, ok := arguments.Signals[name]; ok {
				return following{name, input}, true
			}
		}
		return following{}, false
	}
}

// arguments are those of the recording, and then those of the family, for the names.
func (q Request) arguments(signals, updates []string) (found Arguments, borrowed bool) {
	own := ArgumentsOf(q.Recording)
	found = Arguments{Signals: map[string]Argument{}, Updates: map[string]Argument{}}
	for _, of := range []struct {
		kind     NewsKind
		names    []string
		own, all map[string]Argument
	}{{SignalCame, signals, own.Signals, found.Signals}, {UpdateCame, updates, own.Updates, found.Updates}} {
		for _, name := range of.names {
			input, ok := of.own[name]
			if !ok && q.Argument != nil {
				input, ok = q.Argument(News{of.kind, name})
				borrowed = true
			}
			if ok {
				of.all[name] = input
			}
		}
	}
	return found, borrowed
}

// union has the names of both lists, each once, sorted.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
