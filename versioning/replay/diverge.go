package replay

import (
	"context"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
)

// diverge finds out where history and code part. What the code has asked for in
// the replay of the whole says more about the reason.
func (c *cell) diverge(ctx context.Context, whole prefix) Result {
	v := c.versions(whole.seen)
	if whole.no.Kind == sdkerror.UnknownFlag {
		return c.unknownFlag(ctx, whole, v)
	}
	first := c.firstFailing(ctx, whole.no.locate(v).GetEventId(), whole.no)
	o := c.prefixes[first.End]
	if o.seen != nil && o.no == nil {
		if silent, _, found := c.silent(ctx, o.seen, o.seen.Recorder.Intake(), c.tasks.indexOf(first)); found {
			why := silent(v)
			if why.Cause.Notice != cause.ClosesUnnoticed && why.Cause.Notice != cause.FailsExecution {
				why.rejected(whole.no) // it does not end there, and what comes next is too much for it
			}
			return c.silentAt(why, o.seen, v, first)
		}
	}
	if run := whole.seen.Ran(); run.Ended && run.Started == first.Started && !first.Closing && o.seen != nil &&
		o.seen.Ran().Ended {
		return c.silentAt(c.endsIn(o.seen, o.seen.Recorder.Intake(), v, first), o.seen, v, first)
	}
	// A version that is asked for after the code has gone another way is not what it breaks for.
	asksLater := o.verdict == Nondeterministic && (whole.verdict == VersionRemoved || whole.verdict == VersionUnknown)
	if o.verdict != whole.verdict && !asksLater {
		o = whole // what becomes of the execution matters more than where it begins
	}
	result := judgeRejection(o.no, o.seen, v, first.Completed)
	if notice := whole.no.notice(); notice != cause.NeverNoticed {
		result.Cause.Notice = notice // else the end alone differs, and nobody gets there past the task
	}
	c.rejected(ctx, &result, whole.no, v, whole.seen, first.Completed)
	c.partsUnread(ctx, &result, whole.no, whole.seen, first)
	return result
}

// unknownFlag is the result of a history of a newer SDK. The SDK reads all flags before it replays
// anything: what is in a shorter replay is of a history without the flag.
func (c *cell) unknownFlag(ctx context.Context, whole prefix, v versions) Result {
	result := judgeRejection(whole.no, whole.seen, v, 0)
	c.rejected(ctx, &result, whole.no, v, whole.seen, 0)
	return result
}

// firstFailing returns the first task that does not replay, in a history that does
// not as a whole. In a long one it is a task that does not, after one that does.
//
// The error of that replay is the one that tells where history and code part. The
// error of the whole can be about a later event: the SDK compares commands and
// events only if it gets to the end of the history without an event that it
// cannot explain, which a later task may well have.
func (c *cell) firstFailing(ctx context.Context, event int64, no *rejection) task {
	accepted := func(i int) bool {
		verdict := c.verdictOf(ctx, c.tasks[i])
		return verdict == Safe || verdict == Drift
	}
	last := len(c.tasks) - 1 // fails, as the whole does
	first := 0
	if !c.affordable(no) {
		first = firstNotSafe(last, c.tasks.holding(event), accepted)
	}
	for first < last && accepted(first) {
		first++
	}
	return c.tasks[first]
}

// judgeRejection turns what the SDK said about a failing replay into a Result.
// firstFailing is the ID of the event that completed the first workflow task that
// does not replay, for errors that name no event.
func judgeRejection(no *rejection, seen *observer.Observer, v versions, firstFailing int64) Result {
	event := no.locate(v)
	if event == nil {
		event = events.ByID(v.events, firstFailing)
	}
	if event == nil {
		event = v.events[len(v.events)-1]
	}
	d := Place{Event: event.GetEventId(), EventType: event.GetEventType().String()}
	d.at(no.source(seen))
	return Result{Verdict: no.verdict, Place: d, Cause: no.cause(event, v), Evidence: Evidence{SDKErr: no.Err}}
}

// silentAt is the result of what the SDK accepts at the end of the task, in a history
// that goes on, so that the SDK rejects the whole of it.
func (c *cell) silentAt(why *unseen, seen *observer.Observer, v versions, t task) Result {
	result := why.Result
	if !c.tracing() {
		return result
	}
	tr := compare.Align(seen.Recorder.Trace(), v.events[:t.End], true)
	result.Place.near(tr)
	result.Place.endsAt(result.Cause, tr, acceptedTasks(tr, &result))
	why.Place = result.Place
	if c.opts.Explain {
		c.explainAccepted(&result, tr, v, why)
	}
	return result
}

// rejected finds the exact place of what the SDK has rejected: its text names an
// event only where it noticed, which can be one or more later. failing is the ID of the event that
// completed the first Workflow Task that does not replay.
func (c *cell) rejected(ctx context.Context, result *Result, no *rejection, v versions, seen *observer.Observer,
	failing int64) {
	if !c.tracing() || result.Verdict == Unjudged || result.Verdict == Unregistered {
		return
	}
	t := compare.Align(seen.Recorder.Trace(), v.events, false)
	until := c.replayedUntil(result, no.reading, v, t)
	if until > 0 {
		until = max(until, failing) // several commands can have the ID that the SDK's text names
	}
	tasks := t.Rows(compare.Shown{Aborted: no.inCode(), Until: until})
	p := t.Part(tasks)
	if result.Verdict == Nondeterministic && no.Kind != sdkerror.UnknownFlag {
		if p == nil {
			p = t.Reordered(tasks, v.taskOf(events.ByID(v.events, result.Place.Event)))
		} else if before := c.differencesBefore(t, p); len(before) > 0 {
			shown := compare.Shown{Aborted: no.inCode(), Until: until, Differences: before}
			with := t.Rows(shown)
			// A swap does not explain a call that is new.
			if first := t.Part(with); p.Change != compare.CallAdded || first.Change != compare.CallsSwapped {
				tasks, p = with, first
			}
		}
	}
	if p != nil && result.Verdict == Nondeterministic && no.Kind != sdkerror.UnknownFlag {
		p = c.madeLater(ctx, t, p)
		d := &result.Place
		d.parts(p)
		if line := p.Line(); line.String() != "" {
			d.at(line) // the SDK's text can be about what comes after
		}
		if d.Source == p.Line().String() {
			d.Callers = p.Callers()
		}
		d.Near = p.Call == nil || p.Call.Source() != d.Source
		if why := causeOf(t, p); why.Kind != cause.Unchanged && v.run.Reached {
			why.Decided, why.Notice = v.decides(events.ByID(v.events, d.Event)), result.Cause.Notice
			why.Decided = c.decidedBy(ctx, why.Decided, p, t)
			if was := result.Cause.Parting; no.Kind == sdkerror.DifferentEnding && was != nil &&
				(why.Kind == cause.OptionsChanged || why.Kind == cause.ValuesChanged) {
				why.Parting.Ends = &cause.Ends{Recorded: was.Recorded, Now: was.Now}
			}
			result.Cause = why
		}
	}
	if c.opts.Explain {
		result.Explanation = explainRejected(*result, no, t, tasks, p)
	}
}

// placeOf is the place of the parting, with the line of its call or, where it has none, the nearest.
func placeOf(p *compare.Parting) (d Place) {
	d.parts(p)
	d.at(p.Line())
	d.Callers, d.Near = p.Callers(), p.Call == nil
	return d
}

// parts is the place of the parting: the event there, what the history has beside the code's call, or
// the end of the Workflow Task in which the code does it. The SDK's text names an event too, which
// depends on what comes after.
func (d *Place) parts(p *compare.Parting) {
	switch {
	case p.Event != nil:
		d.Event, d.EventType = p.Event.GetEventId(), p.Event.GetEventType().String()
	case p.Beside != nil:
		d.Event, d.EventType = p.Beside.GetEventId(), p.Beside.GetEventType().String()
	case p.Task.Completed > 0:
		d.Event, d.EventType = p.Task.Completed, taskCompleted
	}
}

var taskCompleted = enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED.String()

// replayedUntil returns the ID of the WorkflowTaskCompleted event of the last task
// in which the code did what it does, 0 for all of them.
func (c *cell) replayedUntil(result *Result, r reading, v versions, t *compare.SideBySide) int64 {
	switch r.Kind {
	case sdkerror.MissingCommand, sdkerror.ExtraCommand, sdkerror.DifferentCommand, sdkerror.DifferentEnding:
		return 0 // compared when all was replayed
	}
	until := v.taskOf(events.ByID(v.events, result.Place.Event))
	if n := len(t.Calls); n > 0 {
		until = max(until, v.completion(t.Calls[n-1].Task))
	}
	return until
}
