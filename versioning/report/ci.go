package report

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// CIOptions say what a pipeline makes of the cells, the same for Markdown, JUnit,
// GitHub and SARIF. The zero value is ready to use.
type CIOptions struct {
	// FailOn is what the caller has asked to fail on. If it is nil nobody has asked: what is
	// incompatible or unjudged is then a warning, and in JUnit, which has none, a failure.
	FailOn *finding.FailOn

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
		return prose.Plain(o.Explain(c))
	}
	return o.command() + " explain " + prose.ShellWord(prose.Plain(c.String()))
}

// file is the path of the line of the cell within the repository, "" if it is not in
// there or not known.
func (o CIOptions) file(c matrix.Cell) string {
	if o.File == nil || c.Divergence.File == "" || c.Divergence.Line == 0 {
		return ""
	}
	return o.File(c.Divergence.File)
}

// noted are the notes of the cell that a pipeline tells of.
func (o CIOptions) noted(c matrix.Cell) []noted {
	return worded(o.FailOn.Told(c))
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

// weightOf is what a cell of a finding means that has the verdict, and that fails if the
// caller has asked for it.
func (o CIOptions) weightOf(v replay.Verdict, fails bool) weight {
	switch {
	case fails:
		return failure
	case o.FailOn == nil && (v.Incompatible() || v == replay.Unjudged):
		return warning
	default:
		return notice
	}
}
