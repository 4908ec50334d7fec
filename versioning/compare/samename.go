package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

// restIsSame reports whether both sides have something after the event and the call, and the same: in the
// Workflow Task, or as far as the code gets. Then one is in the place of the other.
func (at place) restIsSame(e *historypb.HistoryEvent, c *Call) bool {
	for _, until := range []int{at.task + 1, at.side.reached(at.all)} {
		recorded, now := at.after(e, c, until)
		if len(recorded) > 0 && len(recorded) == len(now) && all(recorded, now, item.is) {
			return true
		}
	}
	return false
}

// after are the commands after the event, and after the call, in the Workflow Tasks before the index.
func (at place) after(e *historypb.HistoryEvent, c *Call, until int) (recorded, now []item) {
	for i := at.task; i < until; i++ {
		ofHistory, ofCode := at.side.items(at.all[i])
		recorded, now = append(recorded, ofHistory...), append(now, ofCode...)
	}
	i := slices.IndexFunc(recorded, func(it item) bool { return it.event == e })
	j := slices.IndexFunc(now, func(it item) bool { return it.call == c })
	if i < 0 || j < 0 {
		return nil, nil
	}
	return recorded[i+1:], now[j+1:]
}

// carriesAnother is the parting at an event and a call of one name that carry something else, in a
// replay that the SDK has rejected: where the history goes on with the call, or the code with the event,
// one of them was left out or inserted.
func (at place) carriesAnother(p Parting) (Parting, bool) {
	s := at.side
	if s.accepted || p.Event == nil || p.Call == nil {
		return p, false
	}
	was, is := s.itemOf(p.Event), s.itemOfCall(p.Call)
	if was.content == "" || is.content == "" || was.content == is.content || at.restIsSame(p.Event, p.Call) {
		return p, false
	}
	recorded, now := at.after(p.Event, p.Call, at.task+1)
	inHistory, inCode := s.hasLater(p.Event, is), s.callsLater(p.Call, p.Event)
	switch {
	case inHistory && !inCode && (len(recorded) > len(now) || !s.again(p.Call, is)):
		p.Change, p.near, p.Call = CallRemoved, p.Call, nil
	case inCode && !inHistory && (len(now) > len(recorded) || !s.hasLater(p.Event, was)):
		p.Beside, p.Change, p.near, p.Event = p.Event, CallAdded, p.Call, nil
	default:
		return p, false
	}
	return p, true
}
