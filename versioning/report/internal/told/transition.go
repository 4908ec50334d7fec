package told

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// TransitionTitle is "deploy v2" and the like.
func TransitionTitle(t finding.Transition) string {
	if t.Kind == finding.Again {
		return "deploy " + t.Stage + " again"
	}
	return string(t.Kind) + " " + t.Stage
}

// RollTitle is "roll v2": Workers of the stage and of the one before run beside each other.
func RollTitle(t finding.Transition) string { return "roll " + t.Stage }

// RollText says what old Workers do with executions that have had a Workflow Task under the stage. Loud
// is its first word, empty where nobody knows, and where they do no harm.
func RollText(t finding.Transition) (loud, rest string) {
	closed := rolledText(t, func(g finding.Group) int { return g.ClosedBack })
	stuck := rolledText(t, func(g finding.Group) int { return g.StuckBack })
	const gets = " on old Workers until they stop: "
	switch {
	case closed != "" && stuck != "":
		return "closed", " by old Workers: " + closed + "; stuck" + gets + stuck
	case closed != "":
		return "closed", " by old Workers: " + closed
	case stuck != "":
		return "stuck", gets + stuck
	}
	return "", ""
}

// rolledText names the executions of which a Worker of the stage before breaks that many, "" if there
// are none.
func rolledText(t finding.Transition, breaks func(finding.Group) int) string {
	var subjects []Subject
	recordings, of := 0, 0
	for _, g := range t.Groups {
		if n := breaks(g); n > 0 {
			subjects = append(subjects, subjectOf(g, t.Only))
			recordings, of = recordings+n, of+g.Rolled
		}
	}
	if recordings == 0 {
		return ""
	}
	text := executionsOf(subjects)
	if recordings < of {
		text += fmt.Sprintf(" (%s of %s)", prose.Thousands(recordings), prose.Plural(of, "recording"))
	}
	return text
}

// CannotTell begins a sentence about something that is not known.
const CannotTell = "cannot tell"

// MissingText says which recording is missing to answer for a transition. Missing says how to get it.
func MissingText(t finding.Transition) string {
	text := "no recording of " + t.Wanted
	if t.Missing == finding.KnownEarlierStage || t.Missing == finding.KnownLaterStage {
		text = "no recording that is known to be of " + t.Wanted
	}
	if t.Kind == finding.RollingBack {
		text += ": go back only before it has run an execution"
	}
	return text
}
