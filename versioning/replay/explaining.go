package replay

import (
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// explainAccepted explains a replay that the SDK has accepted.
func (c *cell) explainAccepted(result *Result, t *compare.SideBySide, v versions, why *unseen) {
	tasks := acceptedTasks(t, result)
	x := &Explanation{Tasks: tasks, Trace: t, Retired: retired(t), Level: c.opts.Level}
	result.Explanation = x
	p := t.Part(tasks)
	if why != nil {
		x.explainUnseen(why, p)
		return
	}
	if result.Verdict == Safe || p == nil {
		return
	}
	x.First = p.Entry
	if (!v.own || v.journey) && !v.rollback {
		x.Parted = partedAt(t, p)
	}
}

// acceptedTasks are those of a replay that the SDK has accepted.
func acceptedTasks(t *compare.SideBySide, result *Result) []compare.TaskRows {
	return t.Rows(compare.Shown{Differences: result.Differences, Accepted: result.Verdict != Nondeterministic})
}

// explainRejected explains a replay that the SDK has rejected.
func explainRejected(
	result Result, no *rejection, t *compare.SideBySide, tasks []compare.TaskRows, p *compare.Parting,
) *Explanation {
	x := &Explanation{Tasks: tasks, Trace: t}
	if p != nil {
		x.First = p.Entry
	}
	switch result.Verdict {
	case VersionRemoved, VersionUnknown:
		if row := outOfRange(tasks); row != nil {
			x.First = row
		}
	case Panic:
		x.First = nil
	case Nondeterministic:
		if result.Cause.Kind == cause.NotCalled {
			x.First = nil
		} else if p != nil && no.Kind != sdkerror.UnknownFlag {
			x.Parted = partedAt(t, p)
		}
	}
	return x
}

// outOfRange returns the row of the GetVersion call that does not take what is recorded,
// the last one of them.
func outOfRange(tasks []compare.TaskRows) (row *compare.Entry) {
	for i := range tasks {
		for j := range tasks[i].Rows {
			if r := &tasks[i].Rows[j]; r.Call != nil && r.Call.OutOfRange() {
				row = r
			}
		}
	}
	return row
}

func partedAt(t *compare.SideBySide, p *compare.Parting) *Parted {
	parted := bothSides(t, p.Event, p.Call)
	parted.Kind = cause.Kind(p.Change)
	if len(p.Entry.Differences) > 0 {
		parted.Difference = &p.Entry.Differences[0]
	}
	if p.Elsewhere != nil {
		parted.Elsewhere = bothSides(t, p.Elsewhere.Event, p.Elsewhere.Call)
	}
	return parted
}

func bothSides(t *compare.SideBySide, e *historypb.HistoryEvent, c *compare.Call) *Parted {
	parted := &Parted{Event: e, Call: c}
	if e != nil {
		parted.Recorded = t.SideOf(e)
	}
	if c != nil {
		parted.Now = c.Side()
	}
	return parted
}

// retired lists the markers that no call asks for.
func retired(t *compare.SideBySide) (markers []RetiredMarker) {
	asked := map[string]bool{}
	for _, c := range t.Calls {
		if c.Kind == trace.GetVersion {
			asked[c.Name] = true
		}
	}
	for _, e := range t.Unexplained {
		if e.GetMarkerRecordedEventAttributes().GetMarkerName() != "Version" {
			continue
		}
		if changeID := strings.TrimPrefix(t.Key(e), string(trace.GetVersion)+" "); !asked[changeID] {
			markers = append(markers, RetiredMarker{ChangeID: changeID, Event: e.GetEventId()})
		}
	}
	return markers
}

// explainUnseen explains that: no comparison of commands has found it, and GetVersion is
// no answer to what does not decode.
func (x *Explanation) explainUnseen(u *unseen, p *compare.Parting) {
	x.Parted = nil
	if row := u.row(x.Trace, x.Tasks); row != nil {
		x.First = row
	}
	if u.Cause.Kind == cause.EndsEarlier && p != nil {
		x.First = p.Entry
		if row := endRow(x.Tasks, p.Task.Completed); u.Cause.Parting == nil || p.Task.Completed == u.Cause.Parting.Task {
			x.Parted = partedAt(x.Trace, p)
			if row != nil {
				x.First = row
			}
		} else if row := endRow(x.Tasks, u.Cause.Parting.Task); row != nil {
			x.First = row // what differs before it is another thing
		}
	}
}
