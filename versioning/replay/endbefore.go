package replay

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// differsBefore points at the first difference of values or options before an end that is another one:
// there history and code part first. The verdict stays, and the end is said as well.
func (c *cell) differsBefore(result *Result, t *compare.SideBySide, v versions) {
	if t == nil {
		return
	}
	p := t.Part(acceptedTasks(t, result))
	if p == nil {
		return
	}
	end := *p
	end.Event = events.ByID(v.events, result.Place.Event)
	before := c.differencesBefore(t, &end)
	if len(before) == 0 {
		return
	}
	first := t.Part(t.Rows(compare.Shown{Differences: before}))
	if first == nil || first.Event == nil || first.Change != compare.OptionsChanged && first.Change != compare.ValuesChanged {
		return
	}
	why := causeOf(t, first)
	why.Notice = result.Cause.Notice
	why.Parting.Ends = &cause.Ends{Recorded: result.Cause.Parting.Recorded, Now: result.Cause.Parting.Now}
	result.Place = placeOf(first)
	why.Decided = v.decides(first.Event)
	result.Cause = why
}
