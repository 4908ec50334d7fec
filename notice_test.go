package replaymatrix_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A fate is what became of an open execution, beside what the code that left it
// open does: that one goes on in a Workflow Task which has nothing for it, and
// closes in the one that is there to close it.
type fate string

const (
	goesOn       fate = "goes on"
	closes       fate = "closes where the code that left it does"
	endsEarly    fate = "closes where the code that left it goes on"
	failsForGood fate = "fails for good"
	// waits can be for ever, or for more than is given here.
	waits fate = "waits where the code that left it closes"
	stuck fate = "is stuck until other code comes"
)

func fateOf(o history.Observation) fate {
	switch {
	case o.Outcome == history.TaskFailed, o.Outcome == history.Stuck:
		return stuck
	case o.Outcome == history.Closed && o.Ending == "Failed":
		return failsForGood
	case o.Outcome == history.Closed && o.Task == history.OtherTask:
		return endsEarly
	case o.Outcome == history.Closed:
		return closes
	case o.Task == history.ClosingTask:
		return waits
	default:
		return goesOn
	}
}

// announced are the fates that the cell leads to expect in the task.
func announced(cell matrix.Cell, task history.Task) []fate {
	closing := task == history.ClosingTask
	notice := cell.Explanation.Notice
	switch {
	case notice == replay.NoticedAtOnce:
		return []fate{stuck}
	case notice == replay.NoticedUnlessClosing && closing:
		return []fate{closes, stuck, waits} // the new code can go on where the old one would have closed it
	case notice == replay.NoticedUnlessClosing:
		return []fate{stuck}
	case cell.Verdict == replay.Nondeterministic && strings.Contains(cell.Detail, "the service refuses it"):
		return []fate{endsEarly, closes, stuck}
	case cell.Verdict == replay.Nondeterministic && cell.Explanation.Change == replay.EndsEarlier && closing:
		return []fate{closes, failsForGood}
	case cell.Verdict == replay.Nondeterministic && cell.Explanation.Change == replay.EndsEarlier:
		return []fate{endsEarly, failsForGood}
	case closing && waitsRightly[cell.String()] == "" && strings.HasPrefix(cell.Family, "unnoticed/"):
		return []fate{closes}
	case closing:
		return []fate{closes, waits}
	default:
		return []fate{goesOn}
	}
}

// waitsRightly are the safe cells in which the code waits for more than what closes
// the execution under the code that left it.
var waitsRightly = map[string]string{
	"unnoticed/entity/base.two@takes-seven":                          "it takes two numbers more",
	"unnoticed/repeated-activity/returns-once-shipped.shipping@base": "it waits for the delivery too",
}

// notYet are the cells that announce something else than what was observed. They
// wait for the engine.
var notYet = map[string]string{
	"unnoticed/early-end/base.approval@returns-at-once":   "said to be noticed at once; it completes",
	"unnoticed/early-end/base.delivery@returns-at-once":   "said to be noticed at once; it completes",
	"unnoticed/early-end/base.approval@notes-and-returns": "safe; it completes in its next Workflow Task, whatever that brings, after a local activity that the history has no marker of",
}

// TestNotice compares what a cell and its explanation say of live Workers with what
// they did. It says nothing of a Worker that never got the execution.
func TestNotice(t *testing.T) {
	t.Parallel()
	observed, wrong := map[replay.Notice]int{}, map[string]bool{}
	for _, c := range corpora() {
		m := explained(t, c)
		for cell := range m.Cells() {
			if cell.Explanation == nil || cell.Verdict == replay.NotApplicable {
				continue
			}
			for _, o := range m.Observed(cell) {
				observed[cell.Explanation.Notice]++
				want, got := announced(cell, o.Task), fateOf(o)
				if slices.Contains(want, got) {
					continue
				}
				wrong[cell.String()] = true
				if notYet[cell.String()] == "" {
					t.Errorf("%s: %s, noticed %s, so in the %s task it %q is expected; it %s: %s", cell, cell.Verdict, cell.Explanation.Notice, o.Task, want, got, o)
				}
			}
		}
	}
	for cell, reason := range notYet {
		require.True(t, wrong[cell], "%s says now what was observed: take it out of the list (%s)", cell, reason)
	}
	for _, notice := range []replay.Notice{replay.NoticedAtOnce, replay.NoticedUnlessClosing, replay.NeverNoticed} {
		require.Greater(t, observed[notice], 50, "%v", observed)
	}
	t.Log(observed)
}
