package replay

import "github.com/replaymatrix/replaymatrix/versioning/compare"

// cause is what stands on both sides, as data. It is Unchanged where the parting does not
// tell: a GetVersion call out of range, for one.
func (p *parting) cause() Cause {
	parting := &Parting{Task: p.task.Completed}
	c := Cause{Kind: p.change, Parting: parting}
	if p.event != nil {
		parting.Recorded = eventSide(p.trace, p.event)
		_, parting.Canceled = p.trace.Cancellation(p.event)
	}
	if p.call != nil {
		parting.Now = callSide(p.call)
	}
	switch p.change {
	case CallAdded:
		if p.instead != nil && p.row.Event != nil {
			parting.Instead = eventSide(p.trace, p.row.Event)
		}
	case CallRemoved:
		parting.Instead = insteadCall(p.instead)
	case CallsReordered, CallMoved:
		if p.event == nil {
			parting.Elsewhere = eventSide(p.trace, p.elsewhere.Event)
			break
		}
		parting.Elsewhere = callSide(p.elsewhere.Call)
		parting.Instead = insteadCall(p.instead)
	case OptionsChanged, ValuesChanged:
		if len(p.row.Differences) == 0 {
			return Cause{}
		}
		d := p.row.Differences[0]
		parting.Difference = &d
	}
	return c
}

func insteadCall(r *Row) *Side {
	if r == nil || r.Call == nil {
		return nil
	}
	return callSide(r.Call)
}

// driftCause is what the first of the differences says.
func driftCause(differences []compare.Difference) Cause {
	first := differences[0]
	var ofEvent []compare.Difference
	for _, d := range differences {
		if d.Event == first.Event {
			ofEvent = append(ofEvent, d)
		}
	}
	return Cause{Kind: kindOf(ofEvent), Notice: NeverNoticed, Parting: &Parting{Difference: &first}}
}

// kindOf says whether it is values that differ, or also what decides how a call is made.
func kindOf(differences []compare.Difference) CauseKind {
	for _, d := range differences {
		if d.Level != compare.Values {
			return OptionsChanged
		}
	}
	return ValuesChanged
}
