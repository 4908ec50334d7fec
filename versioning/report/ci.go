// Package report holds what the writers share and a user hands to them: what a pipeline makes of
// the cells, the answer that a report begins with, an explained cell. The writers are the packages
// below: text, markdown, page, pipeline and document. They are pure: the same matrix gives the same
// bytes, and nothing but the writer is touched.
package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// CIOptions say what a pipeline makes of the cells, the same for Markdown, JUnit,
// GitHub and SARIF. The zero value is ready to use.
type CIOptions struct {
	// FailOn is what the caller has asked to fail on. If it is nil nobody has asked: what is
	// incompatible or unjudged is then a warning, and in JUnit, which has none, a failure.
	FailOn *finding.FailOn

	// File returns the path of a replay.Place.File within the repository, with
	// slashes, or "" if it is not in there. If it is nil no path is known.
	File func(file string) string

	// Fallback is a file in the repository, as File gives them. SARIF has it as the
	// place of what has no line: code scanning refuses results without a place.
	Fallback string

	// Command is the command in hints such as "replaymatrix explain CELL", which is
	// also what an empty one means.
	Command string

	// Explain returns the command that shows history and code of the cell side by side,
	// "" where there is none. If it is nil that is "COMMAND explain CELL".
	Explain func(c matrix.Cell) string
}
