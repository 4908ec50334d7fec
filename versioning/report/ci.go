// Package report holds what the writers share and what a user hands to the writers: options for a
// pipeline, the answer that a report begins with, and an explained cell. The writers are the
// packages below: text, markdown, page, pipeline and document. The writers are pure. The same
// matrix gives the same bytes, and a writer touches nothing but its io.Writer.
package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// CIOptions say how a pipeline treats the cells. They are the same for Markdown, JUnit, GitHub and
// SARIF. The zero value is ready to use.
type CIOptions struct {
	// FailOn is what the caller has asked to fail on. Nil means that the caller has not asked.
	// Incompatible and unjudged cells are then warnings. JUnit has no warnings: there, an
	// incompatible cell is a failure, and an unjudged cell is an error.
	FailOn *finding.FailOn

	// File returns the path of a replay.Place.File within the repository, with slashes. File
	// returns "" if the file is not in the repository. If File is nil, no path is known.
	File func(file string) string

	// Fallback is a file in the repository, in the form that File returns. GitHub and SARIF use
	// Fallback as the place of a finding of which neither a line nor the workflow function is known:
	// an annotation without a file is on no line, and code scanning refuses results without a place.
	Fallback string

	// Command is the command in hints such as "replaymatrix explain CELL". Empty means
	// replaymatrix.
	Command string

	// Explain returns the command that shows history and code of the cell side by side, or "" if
	// there is no such command. If Explain is nil, the command is "COMMAND explain CELL".
	Explain func(c matrix.Cell) string

	// Mend returns what to do about a cell, with the code and with history and code side by side.
	// Markdown and JUnit ask for the first cell of a finding, and of few findings. If Mend is nil,
	// they take what the cell itself holds.
	Mend func(c matrix.Cell) Mending
}
