package replay

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// causeOf is what stands on both sides of the parting, as data. It is Unchanged where the
// parting does not tell: a GetVersion call out of range, for one.
func causeOf(t *compare.SideBySide, p *compare.Parting) cause.Cause {
	parting := &cause.Parting{Task: p.Task.Completed}
	c := cause.Cause{Kind: cause.Kind(p.Change), Parting: parting}
	if p.Event != nil {
		parting.Recorded = t.SideOf(p.Event)
		_, parting.Canceled = t.Cancellation(p.Event)
	}
	if p.Call != nil {
		parting.Now = p.Call.Side()
	}
	switch p.Change {
	case compare.CallAdded:
		if p.Instead != nil && p.Entry.Event != nil {
			parting.Instead = t.SideOf(p.Entry.Event)
		}
	case compare.CallRemoved:
		parting.Instead = insteadCall(p.Instead)
	case compare.CallsSwapped, compare.CallsReordered:
		parting.Elsewhere = t.SideOf(p.Elsewhere.Event)
		parting.Difference = t.SwappedValue(p)
	case compare.CallMovedInTask, compare.CallMoved, compare.CallsMadeSequential, compare.CallsMadeParallel:
		if p.Change == compare.CallMovedInTask {
			parting.Difference = t.MovedValue(p)
		}
		if p.Event == nil {
			parting.Elsewhere = t.SideOf(p.Elsewhere.Event)
			break
		}
		parting.Elsewhere = p.Elsewhere.Call.Side()
		parting.Instead = insteadCall(p.Instead)
	case compare.OptionsChanged, compare.ValuesChanged:
		if len(p.Entry.Differences) == 0 {
			return cause.Cause{}
		}
		d := p.Entry.Differences[0]
		parting.Difference = &d
	}
	return c
}

func insteadCall(r *compare.Entry) *compare.Side {
	if r == nil || r.Call == nil {
		return nil
	}
	return r.Call.Side()
}

// driftCause is what the first of the differences says.
func driftCause(differences []compare.Difference) cause.Cause {
	first := differences[0]
	var ofEvent []compare.Difference
	for _, d := range differences {
		if d.Event == first.Event {
			ofEvent = append(ofEvent, d)
		}
	}
	return cause.Cause{Kind: cause.Kind(compare.ChangeOf(ofEvent)), Notice: cause.NeverNoticed,
		Parting: &cause.Parting{Difference: &first}}
}
