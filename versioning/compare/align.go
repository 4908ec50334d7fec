package compare

import (
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"
)

// align finds for each call the event that its command made. Commands with an ID
// are found by it, markers by what they are about; the others stand in the
// history in the order of the calls, as long as there are as many of them in the
// Workflow Task.
func (t *Trace) align() {
	t.index = newIndex(t.Events, t.converter)
	explained := map[*historypb.HistoryEvent]bool{}
	take := func(c *Call, e *historypb.HistoryEvent) {
		c.Event, c.Alignment = e, Aligned
		explained[e] = true
	}
	t.made = map[taskAndType]int{}
	for _, c := range t.Calls {
		if c.made && !t.accepted {
			t.made[t.place(c)]++
		}
	}
	var open []*Call
	for _, c := range t.Calls {
		c.Event, c.Alignment = nil, NoEvent
		switch keys := c.markerKeys(); {
		case c.Kind == SideEffect && c.err != errPanicked && !t.accepted: //nolint:errorlint // it is never wrapped
			open = append(open, c) // one that is gone shifts the numbers of those after it
		case len(keys) > 0 && (c.made || c.Kind == GetVersion):
			for _, key := range keys {
				e := t.index.marked[key]
				// A GetVersion call gets what was recorded in its own Workflow Task or
				// before; later markers are not known to it.
				if c.Kind == GetVersion && (explained[e] || t.index.tasks[e] > t.index.completed[c.Task]) {
					continue
				}
				if e != nil && (c.Kind != LocalActivity || t.Key(e) == c.Key()) {
					take(c, e)
				}
			}
			if c.err == errPanicked || c.Event == nil && (c.Kind == SideEffect || c.Kind == LocalActivity) {
				c.Alignment = NotAligned
			}
		case len(keys) > 0:
		case c.Kind == Update:
			if e := t.index.updates[c.ID]; e != nil && c.made {
				take(c, e)
			}
		case c.made:
			if e := t.byID(c, explained); e != nil {
				take(c, e)
			} else {
				open = append(open, c)
			}
		}
	}
	t.alignByOrder(open, explained, take)
	t.alignElsewhere(open, explained, take)
	for _, e := range t.index.made {
		if !explained[e] {
			t.Unexplained = append(t.Unexplained, e)
		}
	}
}

// byID returns the event in the call's Workflow Task that has the ID of its
// command, and the name as far as the SDK compares it: default IDs are predicted
// event IDs, which shift when the code sends more or less than the history has.
func (t *Trace) byID(c *Call, explained map[*historypb.HistoryEvent]bool) *historypb.HistoryEvent {
	if c.ID == "" {
		return nil
	}
	place := t.place(c)
	for _, e := range t.index.byCommand[typeAndID{place.eventType, c.ID}] {
		if !explained[e] && t.index.tasks[e] == place.task && t.Key(e) == c.Key() && !t.shifted(c, e) {
			return e
		}
	}
	return nil
}

// shifted reports whether the event that has the default ID of the call's command is
// another one's, in a replay that the SDK has rejected: it carries something else,
// and the task has more or fewer such events than the code makes calls.
func (t *Trace) shifted(c *Call, e *historypb.HistoryEvent) bool {
	place := t.place(c)
	if t.accepted || !strings.HasSuffix(c.ID, number(e.GetEventId())) || t.made[place] == len(t.index.byTask[place]) {
		return false
	}
	now, recorded := t.Carries(c), t.Carried(e)
	return now != "" && recorded != "" && now != recorded
}

// alignElsewhere finds the events of commands that the code sends in another
// Workflow Task than the history has them in. In a replay that the SDK accepts,
// a command with an ID that has no event at all was taken back before it was sent.
func (t *Trace) alignElsewhere(open []*Call, explained map[*historypb.HistoryEvent]bool, take func(*Call, *historypb.HistoryEvent)) {
	for _, c := range open {
		if c.Alignment != NotAligned || c.ID == "" {
			continue
		}
		for _, e := range t.index.byCommand[typeAndID{c.EventType(), c.ID}] {
			if !explained[e] && t.Key(e) == c.Key() && !t.shifted(c, e) {
				take(c, e)
				break
			}
		}
		if c.Event == nil && t.accepted {
			c.Alignment = NoEvent
		}
	}
}

// place is where the event of the call's command should be.
func (t *Trace) place(c *Call) taskAndType {
	return taskAndType{t.index.completed[c.Task], c.EventType()}
}

// alignByOrder takes the calls without an ID. Where their number is not that of
// the events, one of them was taken back or the history has another one, and
// nobody knows which.
func (t *Trace) alignByOrder(open []*Call, explained map[*historypb.HistoryEvent]bool, take func(*Call, *historypb.HistoryEvent)) {
	calls := map[taskAndType][]*Call{}
	for _, c := range open {
		calls[t.place(c)] = append(calls[t.place(c)], c)
	}
	for _, c := range open {
		place := t.place(c)
		group := calls[place]
		if len(group) == 0 || c != group[0] {
			continue
		}
		delete(calls, place)
		events := slices.DeleteFunc(slices.Clone(t.index.byTask[place]), func(e *historypb.HistoryEvent) bool { return explained[e] })
		inOrder := len(group) == len(events)
		for i := 0; inOrder && !t.accepted && i < len(group); i++ {
			inOrder = group[i].Key() == t.Key(events[i])
		}
		for i, c := range group {
			if c.Alignment = NotAligned; (c.ID == "" || c.Kind == SideEffect) && inOrder {
				take(c, events[i])
			}
		}
	}
}
