package report

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// CIOptions say what a pipeline makes of the cells, the same for Markdown, JUnit,
// GitHub and SARIF. The zero value is ready to use.
type CIOptions struct {
	// Fails reports whether the caller has asked to fail on the cell. If it is nil
	// nobody has asked: what is incompatible or unjudged is then a warning, and in
	// JUnit, which has none, a failure.
	Fails func(row matrix.Row, c matrix.Cell) bool

	// FailsNote reports whether the caller has asked to fail on notes of the kind, which
	// Fails does. They are then told as findings are. If it is nil nobody has.
	FailsNote func(kind replay.NoteKind) bool

	// File returns the path of a replay.Divergence.File within the repository, with
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

func (o CIOptions) command() string { return cmp.Or(o.Command, "replaymatrix") }

// explain is the command that shows more of a cell, which a shell takes as it is.
func (o CIOptions) explain(c matrix.Cell) string {
	if o.Explain != nil {
		return plain(o.Explain(c))
	}
	return o.command() + " explain " + shellWord(plain(c.String()))
}

// file is the path of the line of the cell within the repository, "" if it is not in
// there or not known.
func (o CIOptions) file(c matrix.Cell) string {
	if o.File == nil || c.Divergence.File == "" || c.Divergence.Line == 0 {
		return ""
	}
	return o.File(c.Divergence.File)
}

// told are the notes of the cell that a pipeline tells of.
func (o CIOptions) told(c matrix.Cell) []noted {
	return notedOf(slices.DeleteFunc(slices.Clone(c.Notes), func(n replay.Note) bool {
		return !n.Kind.Finding() && (o.FailsNote == nil || !o.FailsNote(n.Kind))
	}))
}

// weight is what a cell means to a pipeline.
type weight int

const (
	nothing weight = iota
	// notice is bad, and the caller has asked to fail on others; or it is what has no
	// bad verdict, and is worth a look all the same.
	notice
	// warning is bad, and the caller has not said what to fail on.
	warning
	failure
)

func (o CIOptions) weight(row matrix.Row, c matrix.Cell) weight {
	bad := c.Verdict.Incompatible() || c.Verdict == replay.Unjudged
	switch {
	case o.Fails != nil && o.Fails(row, c):
		return failure
	case bad && o.Fails == nil:
		return warning
	case bad || len(row.Changes(c)) > 0 || isDoubtful(c):
		return notice
	default:
		return nothing
	}
}
