package replay

import (
	"context"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// tracing is whether replays are to note what the code does.
func (c *cell) tracing() bool {
	return c.opts.Explain || c.opts.Level.Includes(compare.Shape)
}

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
	case ending != nil:
		last := events[len(events)-1]
		result.Verdict = Nondeterministic
		result.Divergence = Divergence{Event: last.GetEventId(), EventType: last.GetEventType().String()}
		result.Cause = *ending
		result.Cause.Decided = v.decides(last)
		result.partsAt(t)
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

// because takes over what the SDK has not seen, with the nearest line of the trace where it has
// none.
func (result *Result) because(silent *unseen, t *compare.SideBySide) {
	result.Verdict, result.Divergence, result.Cause = silent.Verdict, silent.Divergence, silent.Cause
	result.Divergence.near(t)
	silent.Divergence = result.Divergence
}

// compare takes what differs, apart from what a rule allows, and notes what is only
// written otherwise.
func (c *cell) compare(t *compare.SideBySide, result *Result) {
	differences, same := t.Compare(compare.Comparison{Level: c.opts.Level, StrictPayloads: c.opts.StrictPayloads})
	c.sort(differences, result)
	result.Notes = append(result.Notes, sameNotes(same)...)
}

// sort adds the differences, in the order of the history, apart from what a rule allows.
func (c *cell) sort(differences []compare.Difference, result *Result) {
	for _, d := range differences {
		if rule, ok := c.allowed(d); ok {
			result.Allowed = append(result.Allowed, Allowed{d, rule})
		} else {
			result.Differences = append(result.Differences, d)
		}
	}
	slices.SortStableFunc(result.Differences, func(a, b compare.Difference) int { return int(a.Event - b.Event) })
}

func (c *cell) allowed(d compare.Difference) (compare.Allow, bool) {
	for _, rule := range c.opts.Allow {
		if rule.Matches(d) {
			return rule, true
		}
	}
	return compare.Allow{}, false
}

// drift makes the differences a verdict.
func (result *Result) drift(t *compare.SideBySide, v versions) {
	first := result.Differences[0]
	result.Verdict = Drift
	result.Divergence = Divergence{Event: first.Event, EventType: first.EventType, Source: first.Source}
	for _, call := range v.asked {
		if call.FirstSource.String() == first.Source {
			result.Divergence.at(call.FirstSource)
		}
	}
	if t != nil {
		for _, call := range t.Calls {
			if call.Event != nil && call.Event.GetEventId() == first.Event {
				result.Divergence.at(call.Line())
				result.Divergence.Callers = call.Callers()
			}
		}
	}
	result.Cause = driftCause(result.Differences)
	if p := result.partsAt(t); p != nil && p.Change == compare.CallRemoved && p.Event.GetEventId() == first.Event {
		result.Cause = causeOf(t, p)
		result.Cause.Notice = NeverNoticed
	}
	result.Cause.Decided = v.decides(events.ByID(v.events, first.Event))
}

// partsAt finds where history and code part in a replay that the SDK has accepted, and the
// nearest line where none is known.
func (result *Result) partsAt(t *compare.SideBySide) *compare.Parting {
	if t == nil {
		return nil
	}
	p := t.Part(acceptedTasks(t, result))
	if d := &result.Divergence; p != nil && d.Source == "" {
		d.at(p.Line())
		d.Callers, d.Near = p.Callers(), true
	}
	return p
}

func (c *cell) versions(seen *observer.Observer) versions {
	return c.onItsWay(readVersions(c.recording.History.GetEvents(), seen))
}

// onItsWay adds what only advice needs: between which stages the execution goes.
func (c *cell) onItsWay(v versions) versions {
	v.own, v.deploy, v.rollback = c.transition()
	v.journey = len(c.recording.Lineage) > 1
	v.shadowed = c.shadowed()
	return v
}

// otherEnding reports an execution that the code ends in another way than the history,
// nil if it does not. The SDK's replayer compares only the kinds Completed and
// ContinuedAsNew (see package trace).
func otherEnding(history []*historypb.HistoryEvent, seen *observer.Observer) *Cause {
	last := history[len(history)-1]
	if !events.ClosedByCode(last) {
		return nil // what closed it was not the code, or nothing has
	}
	run := seen.Ran()
	if !run.Reached && failedForItsInput(history) || !run.Ended && failureOfPanic(history) != "" {
		return nil // it was accepted, so it does the same
	}
	other := &Cause{Kind: EndsOtherwise, Notice: NeverNoticed, Parting: &Parting{Recorded: compare.SideOf(last)}}
	if run.Ended {
		now := trace.EndingOf(run.Err)
		if now == last.GetEventType() {
			return nil
		}
		other.Parting.Now = compare.EndingSide(now, run.Err)
	}
	return other
}

// rejected finds the exact place of what the SDK has rejected: its text names an
// event only where it noticed, which can be one or more later.
func (c *cell) rejected(result *Result, no *rejection, v versions, seen *observer.Observer) {
	if !c.tracing() || result.Verdict == Unjudged || result.Verdict == Unregistered {
		return
	}
	t := compare.Align(seen.Recorder.Trace(), v.events, false)
	tasks := t.Rows(compare.Shown{Aborted: no.inCode(), Until: c.replayedUntil(result, no.reading, v, t)})
	p := t.Part(tasks)
	if p != nil && result.Verdict == Nondeterministic && no.Kind != sdkerror.UnknownFlag {
		d := &result.Divergence
		switch {
		case p.Event != nil:
			d.Event, d.EventType = p.Event.GetEventId(), p.Event.GetEventType().String()
		case v.taskOf(events.ByID(v.events, d.Event)) != p.Task.Completed && p.Task.Completed > 0:
			d.Event, d.EventType = p.Task.Completed, enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED.String()
		}
		if d.Source == "" {
			d.at(p.Line())
		}
		if d.Source == p.Line().String() {
			d.Callers = p.Callers()
		}
		d.Near = p.Call == nil || p.Call.Source() != d.Source
		if cause := causeOf(t, p); cause.Kind != Unchanged && v.run.Reached {
			cause.Decided, cause.Notice = v.decides(events.ByID(v.events, d.Event)), result.Cause.Notice
			result.Cause = cause
		}
	}
	if c.opts.Explain {
		result.Explanation = explainRejected(*result, no, t, tasks, p)
	}
}

// replayedUntil returns the ID of the WorkflowTaskCompleted event of the last task
// in which the code did what it does, 0 for all of them.
func (c *cell) replayedUntil(result *Result, r reading, v versions, t *compare.SideBySide) int64 {
	switch r.Kind {
	case sdkerror.MissingCommand, sdkerror.ExtraCommand, sdkerror.DifferentCommand, sdkerror.DifferentEnding:
		return 0 // compared when all was replayed
	}
	until := v.taskOf(events.ByID(v.events, result.Divergence.Event))
	if n := len(t.Calls); n > 0 {
		until = max(until, v.completion(t.Calls[n-1].Task))
	}
	return until
}
