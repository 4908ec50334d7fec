package replay

import (
	"math"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Near is the code of a call near an event, as plain data: another process can have the stage that goes on
// with an execution.
type Near struct {
	// Event is the event of the call, 0 if it made none.
	Event     int64
	Coroutine string
	// Lines are the lines of workflow code that led to the call, the innermost first.
	Lines []trace.Line
}

// Near returns the code of r that is nearest to the Place of the other Result: a call of each coroutine. It is
// empty if this code does not go on with the execution, or if r has no Explanation.
func (r Result) Near(other Result) (list []Near) {
	if r.Verdict != Safe || r.Explanation == nil || r.Explanation.Trace == nil {
		return nil
	}
	known, all := map[string]bool{}, nearOf(r.Explanation.Trace.Calls)
	for _, n := range all {
		if !known[n.Coroutine] {
			known[n.Coroutine] = true
			list = append(list, *nearest(all, other.stacksAt(), n.Coroutine))
		}
	}
	return list
}

// GoesOn sets the Stacks of the Explanation, with what Near has returned for the stage that goes on. It does
// nothing if r has no Explanation, or if the list is empty.
func (r Result) GoesOn(stage string, was []Near) {
	now := r.parted()
	if now == nil {
		return
	}
	if there := nearest(was, r.stacksAt(), now.Coroutine); there != nil {
		r.Explanation.Stacks = &Stacks{Now: now.Lines, Was: there.Lines, Stage: stage}
	}
}

// stacksAt is the event that Stacks are about. What a live Worker does comes after all of the history.
func (r Result) stacksAt() int64 {
	if r.Verdict == Safe || r.Cause.Ahead != nil {
		return math.MaxInt64
	}
	return r.Place.Event
}

// parted is the code of r at its Place, nil if it is not known.
func (r Result) parted() *Near {
	x := r.Explanation
	if x == nil || x.Trace == nil || r.Verdict == Unstable || r.Verdict == Unjudged {
		return nil
	}
	if x.Parted != nil && x.Parted.Call != nil {
		if of := nearOf([]*compare.Call{x.Parted.Call}); len(of) > 0 {
			return &of[0]
		}
	}
	return nearest(nearOf(x.Trace.Calls), r.stacksAt(), "")
}

// nearOf leaves out calls whose code is not known.
func nearOf(calls []*compare.Call) (list []Near) {
	for _, c := range calls {
		if lines := c.Lines(); len(lines) > 0 {
			list = append(list, Near{Event: c.Event.GetEventId(), Coroutine: c.Coroutine, Lines: lines})
		}
	}
	return list
}

// nearest is the call that made the event, or the last one before it. If coroutine is not empty,
// other coroutines are looked at for the event only.
func nearest(list []Near, event int64, coroutine string) (near *Near) {
	for i := range list {
		n := &list[i]
		if n.Event != 0 && n.Event == event {
			return n
		} else if (near == nil || n.Event <= event && n.Event != 0) && (coroutine == "" || n.Coroutine == coroutine) {
			near = n
		}
	}
	return near
}
