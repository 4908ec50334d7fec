package compare

import (
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Align puts the calls of a replay beside the events that were replayed. accepted is whether
// the SDK has accepted the replay.
func Align(t *trace.Trace, events []*historypb.HistoryEvent, accepted bool) *SideBySide {
	s := &SideBySide{Calls: callsOf(t), Events: events, converter: t.Decoder, canceled: t.Canceled,
		cancels: t.Cancels, awaits: t.Awaits, accepted: accepted}
	if len(t.Resolved) >= len(events) {
		s.Events = t.Resolved[:len(events)]
	}
	s.align()
	return s
}

// align finds for each call the event that its command made. Commands with an ID
// are found by it, markers by what they are about; the others stand in the
// history in the order of the calls, as long as there are as many of them in the
// Workflow Task.
func (s *SideBySide) align() {
	s.index = newIndex(s.Events, s.converter)
	explained := map[*historypb.HistoryEvent]bool{}
	take := func(c *Call, e *historypb.HistoryEvent) {
		c.Event, c.alignment = e, aligned
		explained[e] = true
	}
	s.made = map[taskAndType]int{}
	for _, c := range s.Calls {
		if c.Made && !s.accepted {
			s.made[s.place(c)]++
		}
	}
	var open []*Call
	for _, c := range s.Calls {
		c.Event, c.alignment = nil, noEvent
		switch keys := c.markerKeys(); {
		case c.Kind == trace.SideEffect && !c.Panicked() && !s.accepted:
			open = append(open, c) // one that is gone shifts the numbers of those after it
		case len(keys) > 0 && (c.Made || c.Kind == trace.GetVersion):
			for _, key := range keys {
				e := s.index.marked[key]
				// A GetVersion call gets what was recorded in its own Workflow Task or
				// before; later markers are not known to it.
				if c.Kind == trace.GetVersion && (explained[e] || s.index.tasks[e] > s.index.completed[c.Task]) {
					continue
				}
				if e != nil && (c.Kind != trace.LocalActivity || s.Key(e) == c.Key()) {
					take(c, e)
				}
			}
			if c.Panicked() || c.Event == nil && (c.Kind == trace.SideEffect || c.Kind == trace.LocalActivity) {
				c.alignment = notAligned
			}
		case len(keys) > 0:
		case c.Kind == trace.Update:
			if e := s.index.updates[c.ID]; e != nil && c.Made {
				take(c, e)
			}
		case c.Made:
			if e := s.byID(c, explained); e != nil {
				take(c, e)
			} else {
				open = append(open, c)
			}
		}
	}
	s.alignByOrder(open, explained, take)
	s.alignElsewhere(open, explained, take)
	for _, e := range s.index.made {
		if !explained[e] {
			s.Unexplained = append(s.Unexplained, e)
		}
	}
}

// byID returns the event in the call's Workflow Task that has the ID of its
// command, and the name as far as the SDK compares it: default IDs are predicted
// event IDs, which shift when the code sends more or less than the history has.
func (s *SideBySide) byID(c *Call, explained map[*historypb.HistoryEvent]bool) *historypb.HistoryEvent {
	if c.ID == "" {
		return nil
	}
	place := s.place(c)
	for _, e := range s.index.byCommand[typeAndID{place.eventType, c.ID}] {
		if !explained[e] && s.index.tasks[e] == place.task && s.Key(e) == c.Key() && !s.shifted(c, e) {
			return e
		}
	}
	return nil
}

// shifted reports whether the event that has the default ID of the call's command is
// another one's, in a replay that the SDK has rejected: it carries something else,
// and the task has more or fewer such events than the code makes calls.
func (s *SideBySide) shifted(c *Call, e *historypb.HistoryEvent) bool {
	place := s.place(c)
	if s.accepted || !strings.HasSuffix(c.ID, number(e.GetEventId())) || s.made[place] == len(s.index.byTask[place]) {
		return false
	}
	now, recorded := s.Carries(c), s.Carried(e)
	return now != "" && recorded != "" && now != recorded
}

// alignElsewhere finds the events of commands that the code sends in another
// Workflow Task than the history has them in. In a replay that the SDK accepts,
// a command with an ID that has no event at all was taken back before it was sent.
func (s *SideBySide) alignElsewhere(
	open []*Call, explained map[*historypb.HistoryEvent]bool, take func(*Call, *historypb.HistoryEvent),
) {
	for _, c := range open {
		if c.alignment != notAligned || c.ID == "" {
			continue
		}
		for _, e := range s.index.byCommand[typeAndID{c.EventType(), c.ID}] {
			if !explained[e] && s.Key(e) == c.Key() && !s.shifted(c, e) {
				take(c, e)
				break
			}
		}
		if c.Event == nil && s.accepted {
			c.alignment = noEvent
		}
	}
}

// place is where the event of the call's command should be.
func (s *SideBySide) place(c *Call) taskAndType {
	return taskAndType{s.index.completed[c.Task], c.EventType()}
}

// alignByOrder takes the calls without an ID. Where their number is not that of
// the events, one of them was taken back or the history has another one, and
// nobody knows which.
func (s *SideBySide) alignByOrder(
	open []*Call, explained map[*historypb.HistoryEvent]bool, take func(*Call, *historypb.HistoryEvent),
) {
	calls := map[taskAndType][]*Call{}
	for _, c := range open {
		calls[s.place(c)] = append(calls[s.place(c)], c)
	}
	for _, c := range open {
		place := s.place(c)
		group := calls[place]
		if len(group) == 0 || c != group[0] {
			continue
		}
		delete(calls, place)
		events := slices.DeleteFunc(slices.Clone(s.index.byTask[place]),
			func(e *historypb.HistoryEvent) bool { return explained[e] })
		inOrder := len(group) == len(events)
		for i := 0; inOrder && !s.accepted && i < len(group); i++ {
			inOrder = group[i].Key() == s.Key(events[i])
		}
		for i, c := range group {
			if c.alignment = notAligned; (c.ID == "" || c.Kind == trace.SideEffect) && inOrder {
				take(c, events[i])
			}
		}
	}
}
