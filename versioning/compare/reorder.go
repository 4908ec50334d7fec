package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

// reorder looks for the same commands in another order in the task, and for a swap with another one.
func (at place) reorder() (exchange, bool) {
	task := at.all[at.task]
	if x, found := at.side.exchangedIn(task); found {
		return x, true
	}
	reached := len(at.all)
	if !at.side.accepted {
		reached = at.side.reached(at.all)
	}
	if reached <= at.task {
		return exchange{}, false
	}
	return at.side.exchangedAmong(at.all[at.task:reached])
}

// begins reports whether the exchange begins at the row, and both sides are known to carry what the other one has
// elsewhere.
func (x exchange) begins(r *Entry) bool {
	return x.recorded.event == r.Event && x.recorded.content != "" && x.now.content != ""
}

// reorderOfNames looks for another order in the task of a row whose call and event are put beside each
// other for their names alone: with the order, the values can have become other ones.
func (at place) reorderOfNames() (x exchange, found bool) {
	row := at.row()
	if row.Call == nil || row.Event == nil || row.Call.Event == row.Event {
		return x, false
	}
	recorded, now := at.side.items(at.all[at.task])
	x, found = exchanged(recorded, now, func(a, b item) bool { return a.key == b.key })
	return x, found && x.recorded.event.GetEventId() <= row.Event.GetEventId()
}

// reached is how many tasks the code has begun.
func (s *SideBySide) reached(tasks []Task) int {
	if len(s.Calls) == 0 {
		return 0
	}
	last := s.Calls[len(s.Calls)-1].Task
	return slices.IndexFunc(tasks, func(t Task) bool { return t.Started == last }) + 1
}

// exchange is the parting at the first command of an exchange.
func (at place) exchange(x exchange) Parting {
	p := Parting{Change: x.change, Task: at.tasks[at.task], Beside: x.recorded.event, near: x.now.call}
	switch {
	case x.change != CallMovedInTask || x.laterInCode:
		p.Event = x.recorded.event
	}
	switch x.change {
	case CallsSwapped, CallsReordered:
		p.Call, p.Elsewhere = x.now.call, &Entry{Event: x.recordedLast.event, Call: x.nowLast.call}
	case CallMovedInTask:
		if x.laterInCode {
			p.Elsewhere, p.Instead = &Entry{Call: x.nowLast.call}, &Entry{Call: x.now.call}
		} else {
			p.Call, p.Elsewhere = x.now.call, &Entry{Event: x.recordedLast.event}
		}
	}
	p.Entry = at.rowOf(x.recorded.event, x.now.call)
	if e := p.Entry; x.change != CallsSwapped && (e.Call != nil && e.Call != x.now.call ||
		e.Event != nil && e.Event != x.recorded.event) {
		p.Entry = at.split(x.now.call)
		p.Task = at.tasks[at.task]
	}
	if p.Entry.Mark == MarkSame || p.Entry.Mark == MarkUnknown {
		p.Entry.Mark = MarkDiffers
	}
	if c := p.Entry.Call; c != nil && c.Event != nil && c.Event == p.Entry.Event && len(p.Entry.Differences) == 0 {
		started := at.side.Events[0].GetWorkflowExecutionStartedEventAttributes()
		for d := range at.side.differences(c, started, false) {
			if d.Why == "" {
				p.Entry.Differences = append(p.Entry.Differences, d.Difference)
			}
		}
	}
	return p
}

// rowOf is the row with the event, or else that of the call: one that parts, if there is one.
func (at place) rowOf(e *historypb.HistoryEvent, c *Call) *Entry {
	rows := at.rows()
	i := -1
	for _, is := range []func(Entry) bool{
		func(r Entry) bool { return r.parts() && e != nil && r.Event == e },
		func(r Entry) bool { return r.parts() && c != nil && r.Call == c },
		func(r Entry) bool { return e != nil && r.Event == e },
		func(r Entry) bool { return c != nil && r.Call == c },
	} {
		if i < 0 {
			i = slices.IndexFunc(rows, is)
		}
	}
	return &rows[max(i, 0)]
}

// split has the call in a row of its own, and its event, which comes later in the history, in another one. It returns
// the row of the call.
func (at place) split(c *Call) *Entry {
	rows := slices.Clone(at.rows())
	i := slices.IndexFunc(rows, func(r Entry) bool { return r.Call == c })
	if i < 0 {
		return at.row()
	}
	event := Entry{Event: rows[i].Event, EventText: rows[i].EventText, Mark: MarkMissing}
	rows[i] = Entry{Call: c, CallText: rows[i].CallText, Mark: MarkExtra}
	if event.Event != nil {
		behind := slices.IndexFunc(rows, func(r Entry) bool { return r.Event.GetEventId() > event.Event.GetEventId() })
		if behind < 0 {
			behind = len(rows)
		}
		rows = slices.Insert(rows, behind, event)
	}
	at.tasks[at.task].Rows = rows
	return &rows[slices.IndexFunc(rows, func(r Entry) bool { return r.Call == c })]
}
