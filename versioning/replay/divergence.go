package replay

import (
	"context"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Divergence is the first point at which history and code part: the first event
// or call that the other side does not have, or has with other values. What the
// SDK's own error names can be later. At compare.Commands, where no calls are noted, it
// is where the SDK notices it in the first workflow task whose end does not replay.
type Divergence struct {
	// Event is the ID of the event, 0 if there is no divergence. Where the
	// code does something that no event stands for, it is the event at that
	// place of the history, or the WorkflowTaskCompleted event of the workflow
	// task in which the code does it.
	Event int64

	// EventType is the type of that event, as Temporal's docs spell it:
	// "ActivityTaskScheduled".
	EventType string

	// Source is the last two elements of the path and the line of the workflow
	// code, "order/charge.go:31": that of the call, or, where the code makes none
	// there, of the next or the last one; or where it panicked, deadlocked or called
	// GetVersion with a range that leaves the recorded version out. At compare.Commands
	// only the latter are known.
	Source string

	// Callers are the lines of workflow code from which the code came to Source, the
	// innermost first, as far as they are known.
	Callers []string

	// Near is whether the code makes no call there: Source is then that of a call before
	// or after it.
	Near bool

	// File and Line are those of Source, with the whole path as the compiler has
	// recorded it: see trace.Line. They belong to the machine that has compiled the
	// code, so no report shows them as they are.
	File string
	Line int
}

func (d *Divergence) at(line trace.Line) {
	d.Source, d.File, d.Line = line.String(), line.File, line.Number
}

// diverge finds out where history and code part. What the code has asked for in
// the replay of the whole says more about the reason.
func (c *cell) diverge(ctx context.Context, whole outcome) Result {
	v := c.versions(whole.seen)
	first := c.firstFailing(ctx, whole.no.locate(v).GetEventId(), whole.no)
	o := c.outcomes[first.end]
	if o.seen != nil && o.no == nil {
		if silent, _, found := c.silent(ctx, o.seen, o.seen.Recorder.Intake(), c.indexOf(first)); found {
			why := silent(v)
			if why.Cause.Notice != ClosesUnnoticed && why.Cause.Notice != FailsExecution {
				why.rejected(whole.no) // it does not end there, and what comes next is too much for it
			}
			return c.silentAt(why, o.seen, v, first)
		}
	}
	if run := whole.seen.Ran(); run.Ended && run.Started == first.started && !first.closing && o.seen != nil && o.seen.Ran().Ended {
		return c.silentAt(c.endsIn(o.seen, o.seen.Recorder.Intake(), v, first), o.seen, v, first)
	}
	if o.verdict != whole.verdict {
		o = whole // what becomes of the execution matters more than where it begins
	}
	result := judgeRejection(o.no, o.seen, v, first.completed)
	result.Cause.Notice = whole.no.notice()
	c.rejected(&result, whole.no, v, whole.seen)
	c.partsUnread(&result, whole.no, whole.seen, first)
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
		first = firstNotSafe(last, c.holding(event), accepted)
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
	d := Divergence{Event: event.GetEventId(), EventType: event.GetEventType().String()}
	d.at(no.source(seen))
	return Result{Verdict: no.verdict, Divergence: d, Cause: no.cause(event, v), SDKErr: no.Err}
}
