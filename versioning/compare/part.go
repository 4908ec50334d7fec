package compare

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Part finds the first row at which history and code part, and says what kind of change is there.
// It returns nil if history and code part at no row. The tasks come from Rows.
func (s *SideBySide) Part(tasks []TaskRows) *Parting {
	for i := range tasks {
		if at := slices.IndexFunc(tasks[i].Rows, Entry.parts); at >= 0 {
			p := place{s, tasks, i, at}.parting()
			return &p
		}
	}
	return nil
}

func (at place) parting() Parting {
	row := at.row()
	p := Parting{Entry: row, Event: row.Event, Call: row.Call, Task: at.tasks[at.task], near: at.near()}
	if row.Mark == MarkDiffers {
		p.Change = ChangeOf(row.Differences)
		return p
	}
	if row.Call != nil && row.Call.Kind == trace.Ending || row.Event != nil && events.ClosesAsCodeDoes(row.Event) {
		return at.ending(p)
	}
	p.Instead = at.instead()
	if one, found := at.insertedOrLeftOut(p); found {
		return one
	}
	if p.Elsewhere, p.Change = at.elsewhere(); p.Elsewhere != nil {
		return p
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
