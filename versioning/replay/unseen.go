package replay

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// unseen is the result of what the SDK accepts and a live execution does not survive.
type unseen struct {
	Result
	// event is what the code does not take, nil where it is about no event, and asks is
	// what the code does with it instead, in the Workflow Task that began with the event
	// started.
	event   *historypb.HistoryEvent
	asks    string
	started int64
}

// rejected says that the SDK does not accept what the code makes of it, so that the
// execution is stuck.
func (u *unseen) rejected(no *rejection) {
	u.Cause.Notice = no.notice()
	if u.Cause.Value != nil {
		u.Cause.Value.Rejected = true
	}
	if u.Cause.Signal != nil {
		u.Cause.Signal.Rejected = true
	}
}

// row puts the event among the rows of its Workflow Task, at the beginning: what comes
// to the code is handled before it makes any call.
func (u *unseen) row(t *compare.SideBySide, tasks []compare.TaskRows) *compare.Entry {
	if u.event == nil {
		return nil
	}
	for i := range tasks {
		if tasks[i].Started == u.started || u.started == 0 && tasks[i].Started > u.event.GetEventId() {
			row := compare.Entry{Event: u.event, EventText: t.SideOf(u.event).String(), CallText: u.asks,
				Mark: compare.MarkDiffers}
			if u.asks == "" {
				row.Mark = compare.MarkMissing
			}
			tasks[i].Rows = slices.Insert(tasks[i].Rows, 0, row)
			return &tasks[i].Rows[0]
		}
	}
	return nil
}

// because takes over what the SDK has not seen, with the nearest line of the trace where it has
// none.
func (result *Result) because(silent *unseen, t *compare.SideBySide) {
	result.Verdict, result.Place, result.Cause = silent.Verdict, silent.Place, silent.Cause
	result.Place.near(t)
	silent.Place = result.Place
}

// near is the line of workflow code that the code has reached last, as far as its
// calls were noted.
func (d *Place) near(t *compare.SideBySide) {
	if t == nil {
		return
	}
	calls := t.Calls
	if i := slices.IndexFunc(calls, func(c *compare.Call) bool { return c.Kind == trace.Ending }); i >= 0 {
		calls = t.CallsBefore(calls[i])
	}
	for i := len(calls) - 1; i >= 0 && d.Source == ""; i-- {
		d.at(calls[i].Line())
		d.Callers, d.Near = calls[i].Callers(), d.Source != "" && calls[i].Kind != trace.Ending
	}
}
