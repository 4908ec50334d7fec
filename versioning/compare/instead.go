package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// insertedOrLeftOut finds that the code goes on with what the history has later, so
// that the history's call was left out, or that the history goes on with what the
// code does later, so that the code's call was inserted.
func (at place) insertedOrLeftOut(p Parting) (Parting, bool) {
	if p.Instead == nil {
		return p, false
	}
	event, call := p.Event, p.Call
	if event == nil {
		event = p.Instead.Event
	}
	if call == nil {
		call = p.Instead.Call
	}
	if call.Kind == trace.Ending || events.ClosesAsCodeDoes(event) {
		return p, false
	}
	if at.restIsSame(event, call) {
		return p, false
	}
	inHistory := at.side.hasLater(event, at.side.itemOfCall(call))
	inCode := at.side.callsLater(call, event)
	switch {
	case inHistory && !inCode:
		p.Event, p.Call, p.Change = event, nil, CallRemoved
	case inCode && !inHistory:
		p.Event, p.Call, p.Beside, p.Change = nil, call, event, CallAdded
	default:
		return p, false
	}
	p.near = call
	return p, true
}

// hasLater reports whether the history has the command after the event.
func (s *SideBySide) hasLater(e *historypb.HistoryEvent, want item) bool {
	return slices.ContainsFunc(s.index.made, func(other *historypb.HistoryEvent) bool {
		return other.GetEventId() > e.GetEventId() && s.Key(other) == want.key && want.is(s.itemOf(other))
	})
}

// callsLater reports whether the code makes what the event records after the call.
func (s *SideBySide) callsLater(c *Call, e *historypb.HistoryEvent) bool {
	i, want := slices.Index(s.Calls, c), s.itemOf(e)
	return i >= 0 && slices.ContainsFunc(s.Calls[i+1:], func(other *Call) bool {
		return other.Key() == want.key && want.is(s.itemOfCall(other))
	})
}

// replaced is a parting at which each side has something else.
func (at place) replaced(p Parting) Parting {
	if p.Event == nil {
		p.Event = p.Instead.Event
	}
	if p.Call == nil {
		p.Call, p.near = p.Instead.Call, p.Instead.Call
	}
	switch {
	case p.Call.Kind == trace.Ending:
		return at.ending(p)
	case events.ClosesAsCodeDoes(p.Event):
		p.Event, p.Beside, p.Change = nil, p.Event, CallAdded // and the history closes instead
	case at.side.retyped(p.Event, p.Call):
		p.Change = CallRetyped
	case p.Call.Kind == trace.KindOf(p.Event) && p.Call.Kind == trace.NexusOperation:
		p.Change = CallRenamed
	case p.Call.EventType() == p.Event.GetEventType() && p.Call.Name != "":
		p.Change = CallRenamed
	default:
		p.Change = CallReplaced
	}
	return p
}

// ending is a parting at which the code or the history ends.
func (at place) ending(p Parting) Parting {
	p.Change = EndsEarlier
	for _, task := range at.tasks[at.task:] {
		if i := slices.IndexFunc(task.Rows, func(r Entry) bool { return r.Mark == MarkMissing }); i >= 0 &&
			p.Event == nil {
			p.Event = task.Rows[i].Event // what the code does not get to
		}
	}
	for _, r := range at.rows()[at.at:] {
		if r.Event != nil && events.ClosesAsCodeDoes(r.Event) {
			p.Event, p.Change = r.Event, EndsOtherwise
		}
		if r.Call != nil && r.Call.Kind == trace.Ending {
			p.Call = r.Call
		}
	}
	// Nothing tells at which line a function returns.
	if p.Call != nil && p.Line().String() == "" {
		for _, c := range at.side.CallsBefore(p.Call) {
			if c.Source() != "" {
				p.near = c
			}
		}
	}
	return p
}
