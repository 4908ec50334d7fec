package workflows_test

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A fate is what became of an open execution, beside what the code that left it
// open does in the same Workflow Task: that one is observed as a control, or is
// taken to close in the task that is there to close it, and to go on in the other.
type fate string

const (
	same         fate = "does what the code that left it open does"
	otherwise    fate = "closes in another way"
	endsEarly    fate = "closes where the code that left it open goes on"
	failsForGood fate = "fails for good"
	// waits can be for ever, or for more than is given here.
	waits fate = "waits where the code that left it open closes"
	stuck fate = "is stuck until other code comes"
)

// fateOf compares an observation with that of the control.
func fateOf(o, control history.Observation) fate {
	took := func(o history.Observation) bool { return o.Outcome == history.Closed }
	switch {
	case o.Outcome == history.TaskFailed, o.Outcome == history.Stuck:
		return stuck
	case took(o) && o.Ending == "Failed" && control.Ending != "Failed":
		return failsForGood
	case took(o) && !took(control) && o.Task == history.OtherTask:
		return endsEarly
	case !took(o) && took(control):
		return waits
	case took(o) && (!took(control) || o.Ending != control.Ending ||
		control.Result != nil && string(o.Result) != string(control.Result)):
		return otherwise
	default:
		return same
	}
}

// controlOf is what the code that left the execution open does.
func controlOf(m *matrix.Matrix, o history.Observation) history.Observation {
	for _, c := range m.Live {
		if c.From == c.To && c.From == o.From && c.Scenario == o.Scenario && c.Task == o.Task {
			return c
		}
	}
	if o.Task == history.ClosingTask {
		return history.Observation{Outcome: history.Closed, Ending: "Completed"}
	}
	return history.Observation{Outcome: history.WentOn}
}

// leftOpen is what a live Worker does in a task without news, at the end of the recording: there the
// Worker of the observation was swapped.
func leftOpen(cell matrix.Cell) *rehearse.Effect {
	for i := range cell.Effects.List {
		if e := &cell.Effects.List[i]; e.News.Kind == rehearse.NoNews || e.Task == 0 && !e.MadeUp() {
			return e
		}
	}
	return nil
}

// brought are the fates in tasks that something brings, if one of them breaks the execution. Which one
// is there to close it, only its scenario tells.
func brought(cell matrix.Cell) (fates []fate) {
	for _, e := range cell.Effects.List {
		switch {
		case !e.MadeUp() || e.News.Kind == rehearse.CancelRequested || !e.Breaks:
		case e.Kind == rehearse.Stuck:
			fates = append(fates, stuck)
		case e.Kind == rehearse.Hangs:
			fates = append(fates, waits)
		case e.Ending == "Failed":
			fates = append(fates, failsForGood)
		case e.Ending != "":
			fates = append(fates, otherwise, endsEarly)
		default:
			fates = append(fates, waits)
		}
	}
	return fates
}

// sendsAgain reports whether the code makes a command with an ID in the Workflow Task in which
// it ends: the service refuses that while the first one is pending.
func sendsAgain(cell matrix.Cell) bool {
	p := cell.Cause.Parting
	return p != nil && p.Afterwards != nil && p.Afterwards.Resends != nil
}

// announced are the fates that the cell leads to expect in the task: by its effects, and where these
// leave it open by when somebody notices.
func announced(cell matrix.Cell, task history.TaskKind) []fate {
	closing := task == history.ClosingTask
	e := leftOpen(cell)
	switch {
	case e == nil: // no Worker of the stage gets it
	case e.Kind == rehearse.Unknown:
		return []fate{same, otherwise, endsEarly, failsForGood, waits, stuck}
	case e.Kind == rehearse.Stuck && closing && e.Checked:
		return []fate{same, otherwise, waits, failsForGood, stuck} // nothing is compared
	case e.Kind == rehearse.Stuck && closing && e.Refused:
		return []fate{endsEarly, otherwise, stuck} // what is pending may have ended
	case e.Kind == rehearse.Stuck:
		return []fate{stuck}
	case e.Ending != "" && closing:
		return []fate{same, otherwise, failsForGood}
	case e.Ending == "Failed":
		return []fate{failsForGood}
	case e.Ending != "":
		return []fate{endsEarly}
	case !closing:
		return []fate{same}
	}
	if fates := brought(cell); len(fates) > 0 {
		return fates
	}
	switch notice := cell.Cause.Notice; {
	case notice == cause.NoticedAtOnce:
		return []fate{stuck}
	case notice == cause.NoticedUnlessClosing && closing:
		return []fate{same, otherwise, waits, failsForGood, stuck} // nothing is compared
	case notice == cause.NoticedUnlessClosing:
		return []fate{stuck}
	case notice == cause.ClosesUnnoticed && sendsAgain(cell):
		return []fate{endsEarly, otherwise, stuck}
	case notice == cause.ClosesUnnoticed && closing:
		return []fate{same, otherwise, failsForGood}
	case notice == cause.ClosesUnnoticed:
		return []fate{endsEarly, failsForGood}
	case notice == cause.FailsExecution:
		return []fate{failsForGood}
	case notice == cause.WaitsUnnoticed && closing:
		return []fate{waits}
	case notice == cause.WaitsUnnoticed:
		return []fate{same}
	case notice == cause.LeftUnnoticed && closing:
		return []fate{same, otherwise, waits} // code that comes later may still take it
	case notice == cause.LeftUnnoticed:
		return []fate{same}
	case notice == cause.ErrorInCode && closing:
		return []fate{same, otherwise, failsForGood} // what comes of the error is the code's own
	case notice == cause.ErrorInCode:
		return []fate{same, failsForGood}
	case notice == cause.ZeroInCode && closing:
		return []fate{same, otherwise}
	case notice == cause.ZeroInCode:
		return []fate{same}
	case cell.Verdict == replay.Safe && closing && strings.HasPrefix(cell.Family, "unnoticed/"):
		return []fate{same}
	case closing:
		return []fate{same, otherwise, waits}
	default:
		return []fate{same}
	}
}
