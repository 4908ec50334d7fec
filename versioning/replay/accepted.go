package replay

import (
	"cmp"
	"context"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// accepted compares what the SDK has accepted.
func (c *cell) accepted(ctx context.Context, seen *observer.Observer) Result {
	events := c.recording.History.GetEvents()
	answers := answersOf(seen)
	var t *compare.SideBySide
	result := Result{Verdict: Safe}
	if c.tracing() {
		t = compare.Align(seen.Recorder.Trace(), events, true)
		c.compare(t, &result)
		result.Notes = append(result.Notes, c.unrun(t)...)
	}
	v := readVersions(events, seen)
	c.sort(otherVersions(seen, v.markers), &result)
	in := seen.Recorder.Intake()
	silent, notes, found := c.silent(ctx, seen, in, len(c.tasks)-1)
	ending := otherEnding(events, seen)
	if found || ending != nil || len(result.Differences) > 0 {
		v = c.onItsWay(v)
	}
	var why *unseen
	switch {
	case found:
		why = silent(v)
		result.because(why, t)
		if t != nil {
			result.Place.endsAt(result.Cause, t, acceptedTasks(t, &result))
		}
	case ending != nil:
		last := events[len(events)-1]
		result.Verdict = Nondeterministic
		result.Place = Place{Event: last.GetEventId(), EventType: last.GetEventType().String()}
		result.Cause = *ending
		result.Cause.Decided = v.decides(last)
		result.partsAt(t)
		if d := &result.Place; d.Source == "" {
			d.near(t)
			d.Near = d.Source != ""
		}
		c.differsBefore(&result, t, v)
	default:
		result.Answers, result.Notes = answers, append(append(result.Notes, notes...), c.beside(ctx, seen, v)...)
		if len(result.Differences) > 0 {
			result.drift(t, v)
			why = c.driftsUnread(&result, in)
		}
	}
	result.Offers = offersOf(seen, in, result.Answers)
	c.refersTo(seen, in, result)
	if c.opts.Explain {
		c.explainAccepted(&result, t, v, why)
	}
	return result
}

// drift makes the differences a verdict.
func (result *Result) drift(t *compare.SideBySide, v versions) {
	first := result.Differences[0]
	result.Verdict = Drift
	result.Place = Place{Event: first.Event, EventType: first.EventType, Source: first.Source}
	for _, call := range v.asked {
		if call.FirstSource.String() == first.Source {
			result.Place.at(call.FirstSource)
		}
	}
	if t != nil {
		for _, call := range t.Calls {
			if call.Event != nil && call.Event.GetEventId() == first.Event {
				result.Place.at(call.Line())
				result.Place.Callers = call.Callers()
			}
		}
	}
	result.Cause = driftCause(result.Differences)
	switch p := result.partsAt(t); {
	case p == nil:
	case p.MadeInOtherTask():
		result.Place = placeOf(p)
		result.Cause = causeOf(t, p)
	case cmp.Or(p.Event, p.Beside).GetEventId() == first.Event && explains(p.Change):
		result.Cause = causeOf(t, p)
	}
	result.Cause.Notice = cause.NeverNoticed
	result.Cause.Decided = v.decides(events.ByID(v.events, result.Place.Event))
}

// explains reports whether the change says more than that values differ.
func explains(change compare.Change) bool {
	switch change {
	case compare.CallRemoved, compare.CallsSwapped, compare.CallsReordered, compare.CallMovedInTask:
		return true
	}
	return false
}

// partsAt finds where history and code part in a replay that the SDK has accepted, and the
// nearest line where none is known.
func (result *Result) partsAt(t *compare.SideBySide) *compare.Parting {
	if t == nil {
		return nil
	}
	p := t.Part(acceptedTasks(t, result))
	if d := &result.Place; p != nil && d.Source == "" {
		d.at(p.Line())
		d.Callers, d.Near = p.Callers(), true
	}
	return p
}

// otherEnding reports an execution that the code ends in another way than the history,
// nil if it does not. The SDK's replayer compares only the kinds Completed and
// ContinuedAsNew (see package trace).
func otherEnding(history []*historypb.HistoryEvent, seen *observer.Observer) *cause.Cause {
	last := history[len(history)-1]
	if !events.ClosedByCode(last) {
		return nil // what closed it was not the code, or nothing has
	}
	run := seen.Ran()
	if !run.Reached && failedForItsInput(history) || !run.Ended && failureOfPanic(history) != "" {
		return nil // it was accepted, so it does the same
	}
	other := &cause.Cause{Kind: cause.EndsOtherwise, Notice: cause.NeverNoticed,
		Parting: &cause.Parting{Recorded: compare.SideOf(last)}}
	if run.Ended {
		now := trace.EndingOf(run.Err)
		if now == last.GetEventType() {
			return nil
		}
		other.Parting.Now = compare.EndingSide(now, run.Err)
	}
	return other
}
