package page

import (
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Options say what Write shows.
type Options struct {
	// Explanations were taken while the matrices were judged. A cell that still has its Explanation
	// needs none here. A cell without any explanation shows its verdict and the line that package
	// text prints.
	Explanations *Explanations

	// Command and Explain have the meaning of Command and Explain in report.CIOptions. The page
	// shows their commands for reading a cell in a terminal.
	Command string
	Explain func(c matrix.Cell) string

	// Opening, if not nil, is the answer that the page begins with. If Opening is nil, the answer
	// is what the matrices say about the newest stages.
	Opening *report.Opening
}
