package report

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// CellLine says the same for people, without the name: what is wrong, and what to do.
func CellLine(c matrix.Cell) string {
	line := string(c.Verdict)
	if c.Divergence.Event != 0 {
		line += fmt.Sprintf(" at event %d", c.Divergence.Event)
	}
	if what := prose.Plain(advice.Line(c.Result)); what != "" {
		line += ": " + what
	}
	return line + seenText(c)
}
