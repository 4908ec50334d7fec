package replay

import (
	"context"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// What the history says can keep a replay from showing what the code would do next. A replay of
// something else shows it. No verdict comes from such a replay.

// madeLater finds out whether a call that is gone comes later: the SDK gives up where the history
// has the event, so the replay is made without that event and what follows from it, and without what else the
// code does not do in that Workflow Task.
func (c *cell) madeLater(ctx context.Context, t *compare.SideBySide, p *compare.Parting) *compare.Parting {
	if p.Change != compare.CallRemoved || p.Event == nil || p.Instead != nil || ctx.Err() != nil {
		return p
	}
	changed := func() *historypb.History {
		private := without(c.private.Prefix(c.end()), p.Event.GetEventId())
		for _, row := range p.Task.Rows {
			if row.Call == nil && row.Event.GetEventId() > p.Event.GetEventId() {
				private = without(private, row.Event.GetEventId())
			}
		}
		return private
	}
	seen, _ := c.attempt(ctx, changed)
	if later, found := t.MadeLater(p, compare.Align(seen.Recorder.Trace(), changed().GetEvents(), false)); found {
		return later
	}
	return p
}

// without takes the event and all that follows from it out of a private history, and keeps their IDs:
// the SDK does nothing when an attempt of an activity starts.
func without(private *historypb.History, id int64) *historypb.History {
	for i, e := range private.Events {
		if e.GetEventId() == id || events.Origin(e) == id ||
			e.GetTimerFiredEventAttributes().GetStartedEventId() == id {
			private.Events[i] = &historypb.HistoryEvent{
				EventId: e.GetEventId(), EventTime: e.GetEventTime(), TaskId: e.GetTaskId(),
				EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED,
				Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
					ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{},
				},
			}
		}
	}
	return private
}

// decidedBy takes back that a change ID without a marker decides it, if the code parts from the
// history there whichever version it gets.
func (c *cell) decidedBy(ctx context.Context, d cause.Decision, p *compare.Parting,
	t *compare.SideBySide) cause.Decision {
	if d.Kind != cause.DefaultBranch && d.Kind != cause.PerhapsDefault || ctx.Err() != nil {
		return d
	}
	seen := observer.New(observer.Config{Namespace: c.namespace(), Newest: d.ChangeID})
	switch no := read(c.run(c.private.Prefix(c.end()), seen)); {
	case no == nil:
		return d // it replays
	case no.deadlocked():
		c.private.Drop() // the coroutine can come back while another stage replays
		return d
	}
	other := compare.Align(seen.Recorder.Trace(), t.Events, false)
	if t.PartsAlike(p, other) {
		return cause.Decision{Kind: cause.Unversioned, Way: d.Way}
	}
	return d
}
