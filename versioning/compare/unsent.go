package compare

import "github.com/replaymatrix/replaymatrix/versioning/internal/trace"

// unsent is the call that the code makes right before the event at the place, and that does what the event
// records, but of which the SDK makes no command: it refuses a child with the ID of one that is open, and
// starts nothing in a context that is cancelled. It is nil if there is none.
func (at place) unsent() *Call {
	row, rows := at.row(), at.rows()
	if row.Event == nil || row.Call != nil || at.at == 0 {
		return nil
	}
	c := rows[at.at-1].Call
	if c == nil || c.Made || c.Event != nil || rows[at.at-1].Event != nil || c.Kind != trace.KindOf(row.Event) || c.Source() == "" {
		return nil
	}
	return c
}

// refused is the parting at an event in whose place the code makes a call that sends nothing.
func (at place) refused(p Parting, unsent *Call) Parting {
	p.Change, p.near, p.Instead = CallRemoved, unsent, nil
	named := unsent.Kind == trace.Activity || unsent.Kind == trace.ChildWorkflow
	if named && unsent.Name != nameOf(p.Event, at.side.converter) {
		p.Change, p.Call = CallRenamed, unsent
	} else if d := at.side.otherID(p.Event, unsent); d != nil && unsent.Kind == trace.ChildWorkflow {
		row := *p.Entry
		row.Differences = []Difference{*d}
		p.Change, p.Call, p.Entry = OptionsChanged, unsent, &row
	}
	return p
}
