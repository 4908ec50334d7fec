package compare

import (
	"cmp"
	"slices"
	"strconv"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// An exchange is that both sides have the same commands, in another order.
type exchange struct {
	change Change
	// recorded and now are the first commands that differ, and what each side has at the other end.
	recorded, now         item
	recordedLast, nowLast item
	// laterInCode is whether it is recorded that moves, and not now.
	laterInCode bool
}

// exchanged compares the order of the commands of both sides, from the first one that differs to the
// last one. same says what one command is. It takes one pass: a swap and a move are told by what
// stands at both ends, and the rest need not be sorted out.
func exchanged(recorded, now []item, same func(item, item) bool) (x exchange, found bool) {
	for len(recorded) > 0 && len(now) > 0 && same(recorded[0], now[0]) {
		recorded, now = recorded[1:], now[1:]
	}
	for len(recorded) > 0 && len(now) > 0 && same(recorded[len(recorded)-1], now[len(now)-1]) {
		recorded, now = recorded[:len(recorded)-1], now[:len(now)-1]
	}
	n := len(recorded)
	if n != len(now) || n < 2 {
		return x, false
	}
	x = exchange{recorded: recorded[0], now: now[0], recordedLast: recorded[n-1], nowLast: now[n-1]}
	first, last := same(x.recorded, x.nowLast), same(x.recordedLast, x.now)
	switch {
	case first && last && x.recorded.kind == x.now.kind && all(recorded[1:n-1], now[1:n-1], same):
		x.change = CallsSwapped
	case first && all(recorded[1:], now[:n-1], same):
		x.change, x.laterInCode = CallMovedInTask, true
	case last && all(recorded[:n-1], now[1:], same):
		x.change = CallMovedInTask
	case reordered(recorded, now):
		x.change = CallsReordered
	default:
		return x, false
	}
	return x, true
}

func all(recorded, now []item, same func(item, item) bool) bool {
	for i := range recorded {
		if !same(recorded[i], now[i]) {
			return false
		}
	}
	return true
}

// reordered reports whether both sides have the same commands. What is not known of some has to be
// unknown of all here.
func reordered(recorded, now []item) bool {
	type command struct{ key, id, content string }
	count := map[command]int{}
	for i := range recorded {
		count[command{recorded[i].key, recorded[i].id, recorded[i].content}]++
		count[command{now[i].key, now[i].id, now[i].content}]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

// exchangedIn finds an exchange within the task. Child Workflows are told apart by their IDs alone
// where nothing else tells: two of them can have swapped only those.
func (s *SideBySide) exchangedIn(t Task) (exchange, bool) {
	recorded, now := s.items(t)
	if x, found := exchanged(recorded, now, item.is); found {
		return x, true
	}
	return exchanged(recorded, now, item.hasIDOf)
}

// exchangedAmong finds two commands of different Workflow Tasks that are swapped.
func (s *SideBySide) exchangedAmong(tasks []Task) (x exchange, found bool) {
	var recorded, now []item
	for _, t := range tasks {
		ofHistory, ofCode := s.items(t)
		recorded, now = append(recorded, ofHistory...), append(now, ofCode...)
	}
	x, found = exchanged(recorded, now, item.is)
	return x, found && x.change == CallsSwapped
}

// unseenExchange finds a swap that leaves the kinds of the commands as they were, so that the SDK
// compares nothing there, before the task with the index. Each event is then taken for that of the
// wrong call.
func (s *SideBySide) unseenExchange(tasks []Task) (x exchange, in int, found bool) {
	for i, t := range tasks {
		if !s.paired(t) {
			continue
		}
		recorded, now := s.items(t)
		if x, found := exchanged(recorded, now, item.is); found && x.change == CallsSwapped {
			return x, i, true
		}
	}
	return x, 0, false
}

// paired reports whether the task has two commands or more, each with the call at the same place on
// the other side. It looks at no values, which cost more than all the rest.
func (s *SideBySide) paired(t Task) bool {
	i := 0
	for _, c := range t.Calls {
		if !hasPlace(c.Kind) || !c.Sends() {
			continue
		}
		for i < len(t.Events) && !s.isItem(t.Events[i]) {
			i++
		}
		if i == len(t.Events) || t.Events[i] != c.Event {
			return false
		}
		i++
	}
	return i > 1 && !slices.ContainsFunc(t.Events[i:], s.isItem)
}

// SwappedValue is what tells two swapped calls apart that have one name: the first value of the event
// that the code has otherwise, or the ID. It is nil where the names tell.
func (s *SideBySide) SwappedValue(p *Parting) *Difference {
	for _, d := range p.Entry.Differences {
		if d.Event == p.Event.GetEventId() {
			return &d
		}
	}
	if id, _ := events.CommandID(p.Event); chosenID(id) == "" || chosenID(p.Call.ID) == "" {
		return nil
	}
	return s.otherID(p.Event, p.Call)
}

// otherID is how the IDs of an event and a call of one name differ, nil if they do not.
func (s *SideBySide) otherID(e *historypb.HistoryEvent, c *Call) *Difference {
	id, field := events.CommandID(e)
	if s.Key(e) != c.Key() || c.ID == "" || id == c.ID {
		return nil
	}
	return &Difference{
		Path: s.PathOf(e) + "." + field, Level: Shape, Event: e.GetEventId(),
		EventType: e.GetEventType().String(), Source: c.Source(),
		Recorded: strconv.Quote(id), Now: strconv.Quote(c.ID),
	}
}

// MovedValue is SwappedValue for a call that was moved within its Workflow Task.
func (s *SideBySide) MovedValue(p *Parting) *Difference {
	for _, d := range p.Entry.Differences {
		if d.Level == Values && d.Event == cmp.Or(p.Event, p.Beside).GetEventId() {
			return &d
		}
	}
	return nil
}
