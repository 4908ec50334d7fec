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
		text += fmt.Sprintf(" (%d of %s)", recordings, prose.Plural(of, "recording"))
	}
	return text
}

// CannotTell begins a sentence about something that is not known.
const CannotTell = "cannot tell"

// MissingText says which recordings are missing to answer for a transition.
func MissingText(m finding.Missing) string {
	switch m {
	case finding.KnownEarlierStage:
		return "no recording that is known to be of an earlier stage"
	case finding.KnownLaterStage:
		return "no recording that is known to be of a later stage"
	case finding.LaterStage:
		return "no recording of a later stage"
	default:
		return "no recording of an earlier stage"
	}
}
