package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// point makes the first row of the Explanation the one of the Place: all that is said of a cell is
// about one event. An event that no command has made, as that of an update, has no row until then.
func (result *Result) point() {
	x, at := result.Explanation, result.Place.Event
	if x == nil || x.Trace == nil || x.First == nil || x.First.Event == nil || at == x.First.Event.GetEventId() ||
		result.Place.EventType == taskCompleted {
		return
	}
	for i := range x.Tasks {
		rows := x.Tasks[i].Rows
		if j := slices.IndexFunc(rows, func(r compare.Entry) bool { return r.Event != nil && r.Event.GetEventId() == at }); j >= 0 {
			x.First = &rows[j]
			return
		}
	}
	e := events.ByID(x.Trace.Events, at)
	row := compare.Entry{Event: e, EventText: x.Trace.SideOf(e).String(), Mark: compare.MarkDiffers}
	for _, d := range result.Differences {
		if d.Event == at {
			row.Differences = append(row.Differences, d)
		}
	}
	if p := result.Cause.Parting; p != nil && p.Now != nil {
		row.CallText = p.Now.String()
	}
	for i, task := range x.Tasks {
		if task.Completed > at || i+1 < len(x.Tasks) && x.Tasks[i+1].Completed > 0 && x.Tasks[i+1].Completed < at {
			continue
		}
		before := slices.IndexFunc(task.Rows, func(r compare.Entry) bool { return r.Event.GetEventId() > at })
		if before < 0 {
			before = len(task.Rows)
		}
		x.Tasks[i].Rows = slices.Insert(task.Rows, before, row)
		x.First = &x.Tasks[i].Rows[before]
		return
	}
}

// endRow is the row at which the code ends in the Workflow Task: the first event that it does not get
// to, or its return.
func endRow(tasks []compare.TaskRows, completed int64) (row *compare.Entry) {
	for _, task := range tasks {
		if task.Completed != completed {
			continue
		}
		for i := range task.Rows {
			switch r := &task.Rows[i]; {
			case r.Mark == compare.MarkMissing:
				return r
			case r.Call != nil && r.Call.Kind == trace.Ending:
				row = r
			}
		}
	}
	return row
}

// endsAt is the place of a code that ends in the Workflow Task: the first event there that it does not
// get to.
func (d *Place) endsAt(c cause.Cause, t *compare.SideBySide, tasks []compare.TaskRows) {
	if c.Kind != cause.EndsEarlier || c.Parting == nil || c.Parting.Afterwards == nil || t == nil {
		return
	}
	if row := endRow(tasks, c.Parting.Task); row != nil && row.Event != nil {
		d.Event, d.EventType = row.Event.GetEventId(), row.Event.GetEventType().String()
	}
}
