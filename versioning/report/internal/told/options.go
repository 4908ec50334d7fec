package told

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Command is the command that hints begin with.
func Command(o report.CIOptions) string { return cmp.Or(o.Command, "replaymatrix") }

// ExplainCommand is the command that shows more of a cell. A person can paste it into a shell as it
// is.
func ExplainCommand(o report.CIOptions, c matrix.Cell) string {
	if o.Explain != nil {
		return prose.Plain(o.Explain(c))
	}
	return Command(o) + " explain " + prose.ShellWord(prose.Plain(c.String()))
}

// File is the path, within the repository, of the file with the line of the cell. It is "" if the
// file is not in the repository or not known.
func File(o report.CIOptions, c matrix.Cell) string {
	if o.File == nil || c.Place.File == "" || c.Place.Line == 0 {
		return ""
	}
	return o.File(c.Place.File)
}

// Notes are the notes of the cell that a pipeline reports.
func Notes(o report.CIOptions, c matrix.Cell) []words.Note { return words.Worded(o.FailOn.Told(c)) }
