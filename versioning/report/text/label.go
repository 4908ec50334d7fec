package text

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// labelColor is that of the word in front of a finding. What an execution survives is not red.
func labelColor(f *told.Finding) terminal.Color {
	if f.Severity >= finding.Stuck && !f.Unjudged() {
		return terminal.Red
	}
	return terminal.Yellow
}
