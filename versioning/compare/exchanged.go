package compare

import (
	"slices"

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
	inHistory := at.side.HasLater(event, call.Key())
	inCode := at.side.callsLater(call, at.side.Key(event))
	switch {
	case inHistory && !inCode:
		p.Event, p.Call, p.Change = event, nil, CallRemoved
	case inCode && !inHistory:
		p.Event, p.Call, p.Change = nil, call, CallAdded
	default:
		return p, false
	}
	p.near = call
	return p, true
}

// callsLater reports whether the code makes a call of the key after the given one.
func (s *SideBySide) callsLater(call *Call, key string) bool {
	i := slices.Index(s.Calls, call)
	return i >= 0 && slices.ContainsFunc(s.Calls[i+1:], func(c *Call) bool { return c.Key() == key })
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
		p.Event, p.Change = nil, CallAdded // and the history closes instead
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
	return p
}
