package rehearse

import (
	"cmp"
	"context"
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

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
