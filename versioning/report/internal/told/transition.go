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
// is its first word, empty where nobody knows.
func RollText(t finding.Transition) (loud, rest string) {
	stuck := t.StuckBack()
	switch t.Roll() {
	case finding.NoneStuck, finding.NothingRolled:
		return "", ""
	}
	var subjects []Subject
	recordings, of := 0, 0
	for _, g := range stuck {
		subjects = append(subjects, subjectOf(g))
		recordings, of = recordings+g.StuckBack, of+g.Rolled
	}
	rest = " on old Workers until they stop: " + executionsOf(subjects)
	if recordings < of {
		rest += fmt.Sprintf(" (%d of %s)", recordings, prose.Plural(of, "recording"))
	}
	return "stuck", rest
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
