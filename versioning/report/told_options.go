package report

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Command is the one that hints begin with.
func Command(o CIOptions) string { return cmp.Or(o.Command, "replaymatrix") }

// ExplainCommand is the command that shows more of a cell, which a shell takes as it is.
func ExplainCommand(o CIOptions, c matrix.Cell) string {
	if o.Explain != nil {
		return prose.Plain(o.Explain(c))
	}
	return Command(o) + " explain " + prose.ShellWord(prose.Plain(c.String()))
}

// FileOf is the path of the line of the cell within the repository, "" if it is not in
// there or not known.
func FileOf(o CIOptions, c matrix.Cell) string {
	if o.File == nil || c.Divergence.File == "" || c.Divergence.Line == 0 {
		return ""
	}
	return o.File(c.Divergence.File)
}

// Noted are the notes of the cell that a pipeline tells of.
func Noted(o CIOptions, c matrix.Cell) []noted { return worded(o.FailOn.Told(c)) }
