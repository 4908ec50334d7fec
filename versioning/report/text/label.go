package text

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// label is the word in front of a finding, and its colour: LOST, STUCK and the like. What an execution survives is
// not red.
func label(f *told.Finding) (word string, color terminal.Color) {
	switch {
	case f.Unjudged():
		return "UNJUDGED", terminal.Yellow
	case f.Severity == finding.Lost:
		return "LOST", terminal.Red
	case f.Severity == finding.Stuck:
		return "STUCK", terminal.Red
	case f.Severity == finding.Changed:
		return "CHANGED", terminal.Yellow
	case f.Cause.Otherwise:
		return "ANSWERS", terminal.Yellow
	case f.Cause.Live != "":
		return "LIVE", terminal.Yellow
	default:
		return "NOTE", terminal.Yellow
	}
}
