package told

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
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

// AllCommand is the command that shows all cells of the family. It is "" where Explain says that the cells are shown in
// another way.
func AllCommand(o report.CIOptions, family string) string {
	if o.Explain != nil {
		return ""
	}
	return Command(o) + " matrix " + prose.ShellWord(prose.Plain(family)) + " --all"
}

// File is the path, within the repository, of the file with the line of the cell. It is "" if the
// file is not in the repository or not known.
func File(o report.CIOptions, c matrix.Cell) string {
	place := PlaceOf(o, c)
	if o.File == nil || place.File == "" || place.Line == 0 {
		return ""
	}
	return o.File(place.File)
}

// Notes are the notes of the cell that a pipeline reports.
func Notes(o report.CIOptions, c matrix.Cell) []words.Note { return words.Worded(o.FailOn.Told(c)) }

// PlaceOf is the line of code that a pipeline shows for the cell: that of its place, or of the effect
// for which it is one to fail on.
func PlaceOf(o report.CIOptions, c matrix.Cell) replay.Place { return o.FailOn.Place(c) }
