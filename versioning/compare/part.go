package compare

import (
	"cmp"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Part finds the first row at which history and code part, and says what kind of change is there.
// It returns nil if history and code part at no row. The tasks come from Rows.
func (s *SideBySide) Part(tasks []TaskRows) *Parting {
	at, found := place{side: s, tasks: tasks}, false
	for i := range tasks {
		if at.at = slices.IndexFunc(tasks[i].Rows, s.partsAt); at.at >= 0 {
			at.task, found = i, true
			break
		}
	}
	at.all = s.Tasks()
	if late := at.late(found); late != nil {
		return late
	}
	if !s.accepted {
		before := min(len(at.all), len(tasks))
		if found {
			before = min(before, at.task+1)
		}
		if x, in, seen := s.unseenExchange(at.all[:before]); seen && !(found && at.isNew()) {
			at.task = in
			p := at.exchange(x)
			return &p
		}
	}
	if !found {
		return nil
	}
	p := at.parting()
	return &p
}

// Reordered finds that the commands of a Workflow Task have another order, where no row tells: commands
// without an ID are put beside their calls whatever the order is. It looks at the tasks up to the one
// that completed with the event. It returns nil if it finds none.
func (s *SideBySide) Reordered(tasks []TaskRows, completed int64) *Parting {
	at := place{side: s, tasks: tasks, all: s.Tasks()}
	for i, t := range at.all[:min(len(at.all), len(tasks))] {
		if t.Completed > completed {
			break
		}
		x, found := s.exchangedIn(t)
		if !found {
			recorded, now := s.items(t)
			x, found = exchanged(recorded, now, func(a, b item) bool { return a.key == b.key })
		}
		if found {
			at.task = i
			p := at.exchange(x)
			return &p
		}
	}
	return nil
}

// partsAt reports whether history and code part at the row.
func (s *SideBySide) partsAt(r Entry) bool { return r.parts() || s.isEarly(&r) }

// parting is the change at the row: what both sides have in another order comes before what one side
// has alone.
func (at place) parting() Parting {
	row := at.row()
	p := Parting{Entry: row, Event: row.Event, Call: row.Call, Task: at.tasks[at.task], near: at.near()}
	if c, accepted := at.answeredAtOnce(); c != nil {
		p.Event, p.Call, p.Change = accepted, c, UpdateAnsweredAtOnce
		p.near = cmp.Or(at.side.handlerOf(c), p.near)
		return p
	}
	switch {
	case !row.parts():
		return at.early(p)
	case row.Mark == MarkDiffers:
		if x, found := at.reorder(); found && (x.change == CallsSwapped || row.shifted() || x.begins(row)) {
			return at.exchange(x)
		}
		if x, found := at.reorderOfNames(); found {
			return at.exchange(x)
		}
		if row.inOtherTask() {
			return at.early(p)
		}
		if one, found := at.carriesAnother(p); found {
			return one
		}
		p.Change = ChangeOf(row.Differences)
		return p
	case row.Event != nil && isCancellation(at.side, row.Event):
		p.Change = CancellationRemoved
		return p
	case row.Call != nil && row.Call.Kind == trace.Cancellation:
		p.Change = CancellationAdded
		return p
	case row.Call != nil && row.Call.Kind == trace.Ending || row.Event != nil && events.ClosesAsCodeDoes(row.Event):
		return at.ending(p)
	}
	if x, found := at.reorder(); found {
		return at.exchange(x)
	}
	return at.oneSided(p)
}

// oneSided is the change where one side has something that the other one does not have there.
func (at place) oneSided(p Parting) Parting {
	p.Instead = at.instead()
	if p.Event == nil && p.Instead != nil {
		p.Beside = p.Instead.Event
	}
	if p.Event != nil && p.Event.GetWorkflowExecutionUpdateCompletedEventAttributes() != nil {
		p.Change = UpdateAnsweredLater
		if p.Instead != nil && p.Instead.Call != nil {
			p.Call, p.near = p.Instead.Call, p.Instead.Call
		}
		return p
	}
	if unsent := at.unsent(); unsent != nil && (p.Instead == nil || p.Instead.Call.Kind != unsent.Kind) {
		return at.refused(p, unsent) // what the code sends in its place explains more
	}
	if one, found := at.insertedOrLeftOut(p); found {
		return one
	}
	if p.Elsewhere, p.Change = at.elsewhere(); p.Elsewhere != nil {
		return at.movedTo(p)
	}
	if one, found := at.elsewhereInTime(p); found {
		return one
	}
	if p.Instead != nil {
		return at.replaced(p)
	}
	p.Change = CallRemoved
	if p.Call != nil {
		p.Change = CallAdded
	}
	return p
}

// movedTo is the parting whose other half is in another row: if only the Workflow Task is another
// one, it says so.
func (at place) movedTo(p Parting) Parting {
	if p.Change == CallMoved {
		if one, found := at.elsewhereInTime(p); found {
			return one
		}
	}
	return p
}

// isNew reports whether the code makes a call at the row of which the history has none anywhere. An
// exchange before, which the SDK does not see, explains other rows.
func (at place) isNew() bool {
	row := at.row()
	return row.Event == nil && row.Call != nil && hasPlace(row.Call.Kind) &&
		!slices.ContainsFunc(at.side.index.made, func(e *historypb.HistoryEvent) bool {
			return at.side.Key(e) == row.Call.Key()
		})
}

func isCancellation(s *SideBySide, e *historypb.HistoryEvent) bool {
	_, is := s.Cancellation(e)
	return is
}
