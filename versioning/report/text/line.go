package text

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
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

// Live says in one line what a live Worker of the stage does next with the execution of the cell. It
// is empty where the verdict says all.
func Live(c matrix.Cell) string { return told.Live(c) }
