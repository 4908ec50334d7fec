package replay

import (
	"context"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
)

// found is where two replays differ.
type found struct {
	apart compare.Apart
	// ends is whether the calls are the same and only what becomes of them is not.
	ends bool
}

// watch holds the replays of a cell beside each other.
type watch struct {
	cell *cell
	ctx  context.Context
	// base is the replay that all others are compared with.
	base *replayed
	// found is the first place at which any other differs from it.
	found
	// again is how often the code was replayed.
	again int
}

// differ replays the first events until two replays of them differ, or until as many as
// are wanted agree with the first one.
func (w *watch) differ(events, wanted int) bool {
	known := w.known(events)
	i := slices.IndexFunc(known, func(r *replayed) bool { return r.events == events })
	if i < 0 {
		i = 0
		if known = slices.Insert(known, 0, w.replay(events)); known[0] == nil {
			return false
		}
	}
	w.base = known[i]
	for _, r := range slices.Delete(known, i, i+1) {
		switch found, differs := w.compare(w.base, r, events); {
		case differs && r.events == events:
			w.found = found
			return true
		case differs:
			return w.doubted(r)
		case wanted > 0:
			wanted--
		}
	}
	for ; wanted > 0; wanted-- {
		if r := w.replay(events); r == nil {
			return false
		} else if w.tells(r) {
			return true
		}
	}
	return false
}

// doubted is about a replay of more events that has done something else than the first
// one. It takes two of the same events to prove that it is the code.
func (w *watch) doubted(longer *replayed) bool {
	shorter := w.base
	for range most {
		for _, base := range []*replayed{longer, shorter} {
			w.base = base
			if r := w.replay(base.events); r == nil {
				return false
			} else if w.tells(r) {
				return true
			}
		}
	}
	return false
}

// tells compares the last replay with the first one of the same events. One that agrees
// is forgotten: the trace of a long history is large.
func (w *watch) tells(r *replayed) (differs bool) {
	if w.found, differs = w.compare(w.base, r, w.base.events); !differs {
		w.cell.replays = w.cell.replays[:len(w.cell.replays)-1]
	}
	return differs
}

// settle looks for the first place at which any two of the replays differ: the next one
// could differ earlier, and the result is to be the same each time.
func (w *watch) settle() {
	events := w.cell.end()
	if c := w.apart.Calls[0]; c != nil && w.apart.Calls[1] != nil {
		events = w.cell.tasks[max(0, w.cell.tasks.holding(c.Task+1))].End
	}
	events = min(events, w.base.events)
	for w.again < most && w.replay(events) != nil {
	}
	for _, r := range w.known(0) {
		other, differs := w.compare(w.base, r, min(events, r.events))
		switch {
		case !differs || other.ends:
		case w.ends, other.apart.Index < w.apart.Index, other.apart.Index == w.apart.Index && other.apart.Path == "":
			w.found = other
		}
	}
}

// known are the replays of at least so many events.
func (w *watch) known(events int) (list []*replayed) {
	for _, r := range w.cell.replays {
		if r.stage == w.cell.stage.Name && r.events >= events {
			list = append(list, r)
		}
	}
	return list
}

// replay replays the first events once more, nil if that says nothing about the code.
func (w *watch) replay(events int) *replayed {
	if w.ctx.Err() != nil {
		return nil
	}
	w.again++
	before := len(w.cell.replays)
	_, _ = w.cell.replay(w.ctx, events)
	if len(w.cell.replays) == before {
		return nil
	}
	return w.cell.replays[before]
}

// compare finds the first place within so many events at which two replays differ. A
// deadlock, or an error of a converter that the other replay does not have, is no
// difference, and nothing after it is one.
func (w *watch) compare(a, b *replayed, events int) (f found, differs bool) {
	ended := a.reading.Kind != sdkerror.Deadlock && b.reading.Kind != sdkerror.Deadlock
	if f.apart, differs = a.did().Apart(b.did(), compare.Repeat{
		Until: int64(events), Level: w.cell.opts.Level, Ended: ended,
		Allowed: w.cell.allowedEachTime,
		Started: w.cell.recording.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes(),
	}); differs {
		return f, true
	}
	f.ends = ended && a.events == b.events && a.did().SameFaults(b.did()) && !endsAlike(a, b)
	return f, f.ends
}

// allowedEachTime reports whether a rule is about the difference. Its tolerance is one
// from the history, and two replays may be further from each other.
func (c *cell) allowedEachTime(d compare.Difference) bool {
	return slices.ContainsFunc(c.opts.Allow, func(rule compare.Allow) bool {
		rule.Within = ""
		return rule.Matches(d)
	})
}

// endsAlike reports whether both replays give the same verdict, and panic on one line.
func endsAlike(a, b *replayed) bool {
	x, y := a.reading, b.reading
	return a.rejected == b.rejected && x.verdict == y.verdict &&
		(x.verdict != Panic || x.source(a.seen) == y.source(b.seen))
}

// most is how often the code of a cell that is not safe is replayed again before it is
// taken for deterministic.
const most = 8
