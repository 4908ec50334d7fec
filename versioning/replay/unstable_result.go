package replay

import (
	"cmp"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// unstable is the result of a cell whose replays differ. It holds nothing that only one
// of them has shown: it is to be the same each time.
func (w *watch) unstable(before Result) Result {
	event, at := w.place()
	lines := w.lines(at)
	result := Result{
		Verdict:  Unstable,
		Place:    Place{Event: event.GetEventId(), EventType: event.GetEventType().String()},
		Evidence: Evidence{Versions: before.Versions, Allowed: before.Allowed},
	}
	if len(lines) > 0 {
		result.Place.at(lines[0])
		if len(lines) == 1 {
			result.Place.Callers = w.callers()
		}
	}
	result.Cause = cause.Cause{Kind: cause.NotDeterministic, Notice: cause.NoticedByChance,
		Unstable: &cause.Instability{Path: w.apart.Path, Ends: w.ends}}
	for _, line := range lines {
		result.Cause.Unstable.Sources = append(result.Cause.Unstable.Sources, line.String())
	}
	if x := before.Explanation; x != nil {
		result.Explanation = &Explanation{Tasks: x.Tasks, Trace: x.Trace, First: w.row(x, at), Apart: w.two()}
	}
	return result
}

// two is what two of the replays did.
func (w *watch) two() *Apart {
	if w.ends {
		return nil
	}
	did := &Apart{Values: w.apart.Values}
	for i, c := range w.apart.Calls {
		if c != nil {
			did.Calls[i] = c.Text()
		}
	}
	return did
}

// place returns the event that stands in the history where the replays differ, and the
// index of the call.
func (w *watch) place() (event *historypb.HistoryEvent, at int) {
	recorded := w.cell.recording.History.GetEvents()
	t := compare.Align(w.base.seen.Recorder.Trace(), recorded[:w.base.events], !w.base.rejected)
	if w.ends {
		return events.ByID(recorded, w.cell.tasks[w.cell.tasks.holding(int64(w.base.events))].Completed), len(t.Calls)
	}
	at = w.apart.Index
	task := int64(0)
	for _, c := range w.apart.Calls {
		if c != nil {
			task = c.Task
		}
	}
	for _, in := range t.Tasks() {
		if in.Started != task {
			continue
		}
		next := 0
		for i, e := range in.Events {
			if slices.ContainsFunc(t.Calls[:min(at, len(t.Calls))],
				func(c *compare.Call) bool { return c.Event == e }) {
				next = i + 1
			}
		}
		if next < len(in.Events) {
			return in.Events[next], at
		}
		if in.Completed > 0 {
			return events.ByID(recorded, in.Completed), at
		}
	}
	i := slices.IndexFunc(recorded, func(e *historypb.HistoryEvent) bool {
		return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
	})
	return recorded[max(0, i)], at
}

// lines are those on which the replays made their calls at the index, each once, sorted.
func (w *watch) lines(at int) (lines []trace.Line) {
	add := func(line trace.Line) {
		if line != (trace.Line{}) && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	for _, r := range w.known(w.base.events) {
		if w.ends {
			if r.rejected {
				add(r.reading.source(r.seen))
			}
			continue
		}
		if c := r.did().Call(at); c != nil {
			add(c.Line())
		}
	}
	// The code makes no call there: the one before is the nearest.
	for i := at - 1; i >= 0 && len(lines) == 0; i-- {
		if c := w.base.did().Call(i); c != nil {
			add(c.Line())
		}
	}
	slices.SortFunc(lines, func(a, b trace.Line) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Number, b.Number))
	})
	return lines
}

func (w *watch) callers() []string {
	if c := w.apart.Calls[0]; c != nil && !w.ends {
		return c.Callers()
	}
	return nil
}

// row is that of the call in which the replays differ, or the first of the Workflow
// Task where the code of this replay makes none.
func (w *watch) row(x *Explanation, at int) *compare.Entry {
	if x.Trace == nil || len(x.Trace.Calls) == 0 {
		return nil
	}
	call := x.Trace.Calls[min(at, len(x.Trace.Calls)-1)]
	for i := range x.Tasks {
		for j := range x.Tasks[i].Rows {
			if row := &x.Tasks[i].Rows[j]; row.Call == call {
				return row
			}
		}
	}
	return nil
}
