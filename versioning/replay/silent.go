package replay

import (
	"context"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// silent looks for what the SDK accepts in a replay up to the task with the index last,
// and a live execution does not survive: its input does not decode, the code ends where
// the history goes on, or it does not take what the code took that ran the execution.
// The result is made of what is known of GetVersion, which only advice needs. Where
// nothing of that is certain, what was seen are notes.
func (c *cell) silent(ctx context.Context, seen *observer.Observer, in *trace.Intake,
	last int) (result func(versions) *unseen, notes []Note, found bool) {
	events := c.recording.History.GetEvents()
	run := seen.Ran()
	if input, ok := inputUnreadable(in, run); ok {
		if c.tasks[last].Closing && last == 0 && failedForItsInput(events) {
			return nil, nil, false
		}
		return func(v versions) *unseen { return undecodable(input, v) }, nil, true
	}
	if t, early := c.endsEarly(ctx, run, last); early {
		return func(v versions) *unseen { return c.endsIn(seen, in, v, t) }, nil, true
	}
	missed, told := c.leaves(ctx, in, last)
	if len(missed) > 0 {
		return func(v versions) *unseen {
			left := leftResult(missed, v)
			c.nameSignal(ctx, left, in)
			return left
		}, nil, true
	}
	for _, l := range told {
		notes = append(notes, l.Note)
	}
	return nil, notes, false
}

// endsIn is the result of a code that ends in the task, perhaps because it cannot read a
// value there. A live Worker stops replaying at the end, also where the replayer goes on
// and finds that commands are missing.
func (c *cell) endsIn(seen *observer.Observer, in *trace.Intake, v versions, t task) *unseen {
	if u, ok := unreadableIn(in, t.Started); ok {
		return undecodableEnd(u, seen.Ran(), v)
	}
	return c.ended(seen, v, t)
}

// driftsUnread names the value that the code could not read, where it then does
// something else in the same Workflow Task.
func (c *cell) driftsUnread(result *Result, in *trace.Intake) *unseen {
	at := c.tasks.holding(result.Place.Event)
	if at < 0 {
		return nil
	}
	if u, ok := unreadableIn(in, c.tasks[at].Started); ok {
		unread := undecodable(u, versions{events: c.recording.History.GetEvents()})
		result.because(unread, nil)
		return unread
	}
	return nil
}

// partsUnread names what the code could not read, or had no handler for, where the SDK
// then misses its commands in that task.
func (c *cell) partsUnread(ctx context.Context, result *Result, no *rejection, seen *observer.Observer, first task) {
	in := seen.Recorder.Intake()
	v := versions{events: c.recording.History.GetEvents()}
	var unread *unseen
	if u, ok := inputUnreadable(in, seen.Ran()); ok {
		unread = undecodable(u, v)
	} else if u, ok := unreadableIn(in, first.Started); ok && result.Verdict == Nondeterministic &&
		!c.sendsIn(seen, first) {
		unread = undecodable(u, v)
		unread.rejected(no)
	} else if u, ok := unhandledIn(in, first); ok && result.Verdict == Nondeterministic {
		unread = unhandled(u, in.Handlers, c.versions(seen))
		unread.started = first.Started
		c.nameUpdate(ctx, unread, in)
		unread.Place.handler(seen, unread.Cause.Update.Now)
	} else if left := c.leftBefore(ctx, in, first); len(left) > 0 && result.Verdict == Nondeterministic &&
		result.Cause.Parting != nil && result.Cause.Parting.Now == nil && !c.sendsIn(seen, first) {
		unread = leftResult(left, c.versions(seen))
		unread.rejected(no)
		c.nameSignal(ctx, unread, in)
	} else {
		return
	}
	result.because(unread, nil)
	if x := result.Explanation; x != nil {
		x.explainUnseen(unread, nil)
	}
}

// handler makes the line that sets the handler of the update the line of the place. Where there is no
// such handler, it is near the first call, where the workflow function begins.
func (d *Place) handler(seen *observer.Observer, update string) {
	for _, call := range seen.Recorder.Trace().Calls {
		switch {
		case call.Source() == "":
		case update == "":
			d.at(call.Line())
			d.Callers, d.Near = call.Callers(), true
			return
		case call.Kind == trace.UpdateHandler && call.Name == update:
			d.at(call.Line())
			d.Callers = call.Callers()
		}
	}
}

// leftBefore are the signals that came before the task, and that the code has not taken in it, although
// the code that ran the execution has.
func (c *cell) leftBefore(ctx context.Context, in *trace.Intake, first task) (left []leftover) {
	for _, s := range in.Signals {
		if s.Taken != 0 || s.Event.GetEventId() > first.Started {
			continue
		}
		if ref := c.reference(ctx); ref != nil && ref.took(s.Event.GetEventId(), first.Started) {
			left = append(left, leftover{Note: unreadNote(s, in, true), event: s.Event})
		}
	}
	return left
}

// sendsIn reports whether the code sends a command in the task, as far as its calls were
// noted.
func (c *cell) sendsIn(seen *observer.Observer, t task) bool {
	if !c.tracing() {
		return false
	}
	for _, call := range compare.Align(seen.Recorder.Trace(), c.recording.History.GetEvents(), false).Calls {
		if call.Task == t.Started && call.Kind != trace.Ending && call.Sends() {
			return true
		}
	}
	return false
}
