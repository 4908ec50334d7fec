package page

import (
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Options say what Write shows.
type Options struct {
	// Explanations are those that were taken while the matrices were judged. A cell
	// that still has its Explanation needs none here, and one that has neither shows
	// its verdict and the line that the text has.
	Explanations *Explanations

	// Command and Explain are those of report.CIOptions, for cells that are read in a terminal.
	Command string
	Explain func(c matrix.Cell) string

	// Opening, if not nil, is the answer that the page begins with. Otherwise it is what
	// the matrices tell of the newest stages.
	Opening *report.Opening
}
