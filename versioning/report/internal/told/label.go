package told

import "github.com/replaymatrix/replaymatrix/versioning/finding"

// Label is the word in front of the finding: LOST, STUCK and the like.
func (f *Finding) Label() string {
	switch {
	case f.Unjudged():
		return "UNJUDGED"
	case f.Severity == finding.Lost:
		return "LOST"
	case f.Severity == finding.Stuck:
		return "STUCK"
	case f.Severity == finding.Changed:
		return "CHANGED"
	case f.Cause.Otherwise:
		return "ANSWERS"
	case f.Cause.Live != "":
		return "LIVE"
	default:
		return "NOTE"
	}
}
