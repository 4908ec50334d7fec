package text

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Line describes the cell in one line for people, without the name of the cell: what is wrong, and
// what to do.
func Line(c matrix.Cell) string {
	line := string(c.Verdict)
	if c.Place.Event != 0 {
		line += fmt.Sprintf(" at event %d", c.Place.Event)
	}
	if what := prose.Plain(advice.Line(c.Result)); what != "" {
		line += ": " + what
	}
	return line + words.Seen(c)
}
