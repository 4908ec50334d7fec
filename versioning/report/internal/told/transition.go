package told

import "github.com/replaymatrix/replaymatrix/versioning/finding"

// TransitionTitle is "deploy v2" and the like.
func TransitionTitle(t finding.Transition) string {
	if t.Kind == finding.Again {
		return "deploy " + t.Stage + " again"
	}
	return string(t.Kind) + " " + t.Stage
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
