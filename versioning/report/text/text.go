// Package text writes matrices and explained cells for people who read lines, on a terminal or in a
// log.
package text

import (
	"fmt"
	"io"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// Width is the number of columns that a printed matrix fits in.
const Width = terminal.Widest

// Options say how Write writes.
type Options struct {
	// Color marks answers and verdicts with ANSI colours. The colours say nothing that the text does not say.
	Color bool
	// Width is the number of columns of the screen: no line is wider, except code and commands that are to be
	// copied. It is from 80 to 100. 0 means 100.
	Width int
	// Command is the name of the command in hints, such as "replaymatrix". Empty means that there is no command.
	Command string
	// Explain returns the command that shows history and code of the cell side by side, or "" if
	// there is no such command. If Explain is nil, it is "COMMAND explain CELL".
	Explain func(c matrix.Cell) string
	// Mend returns what helps to mend a cell that breaks: its code is shown below the worst finding. If Mend is
	// nil, no code is shown.
	Mend func(c matrix.Cell) report.Mending
	// All shows everything: each transition, finding, cell and note. Otherwise the answer, the worst findings
	// and few examples of each are shown.
	All bool
	// Grid shows the verdict of each recording at each stage however many rows there are. Otherwise at most
	// MostRows rows are shown.
	Grid bool
	// Untitled leaves the answer out, for a caller who has written one above.
	Untitled bool
}

// MostRows is the number of rows up to which the grid is shown if nobody asks for it.
const MostRows = 30

// Write writes the matrices for people, each family by itself: whether its newest stage may be deployed and rolled
// back, then the findings, what is worst first, and then the grid of verdicts.
func Write(w io.Writer, opts Options, matrices ...*matrix.Matrix) error {
	b := &writer{terminal.New(w, opts.Color, opts.Width), opts}
	for _, m := range matrices {
		b.family(m)
	}
	b.limits(matrices)
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the matrix: %w", err)
	}
	return nil
}

func (b *writer) family(m *matrix.Matrix) {
	if b.opts.All || b.opts.Untitled || len(m.Rows) == 0 {
		name := prose.Plain(m.Family.Name)
		b.Printf("%s: %s\n\n", b.Paint(terminal.Bold, name), prose.Wrap(prose.PlainLines(m.Family.Doc), b.Width, len(name)+2))
	}
	if len(m.Rows) == 0 {
		b.Printf("No recording was judged, so nothing is known of its stages.\n\n")
		return
	}
	found := told.FoundIn(report.CIOptions{}, m)
	b.answer(told.Answer(m, found.Summary))
	b.findings(found)
	b.rest(m)
	b.gridOf(m, found.Summary)
}

// legend explains the verdicts that occur.
func (b *writer) legend(m *matrix.Matrix) {
	occurs := map[replay.Verdict]int{}
	for c := range m.Cells() {
		occurs[c.Verdict]++
	}
	for _, info := range replay.Verdicts() {
		if n := occurs[info.Verdict]; n > 0 {
			b.Printf("%s %5s  %-16s %s\n", b.Verdict(info.Verdict, replay.MaxSymbol), prose.Thousands(n), info.Verdict,
				prose.Wrap(info.Doc, b.Width, meaningColumn))
		}
	}
	if n := told.WithFindings(m); n > 0 {
		b.Printf("%-*s %5s  %-16s %s\n", replay.MaxSymbol, told.FindingSign, prose.Thousands(n), "with findings",
			prose.Wrap(told.FindingsDoc, b.Width, meaningColumn))
	}
	b.Printf("\n")
}

// meaningColumn is where the legend says what a verdict means.
const meaningColumn = replay.MaxSymbol + 1 + 5 + 2 + 16 + 1

// limits says what a bad verdict can mean, and what was not looked at.
func (b *writer) limits(matrices []*matrix.Matrix) {
	if !b.opts.All {
		b.notCompared(matrices)
		return
	}
	if slices.ContainsFunc(matrices, told.HasIncompatible) {
		b.sentence("A live Worker gets stuck on an execution that breaks, or closes it unchecked: docs/live.md.")
	}
	if slices.ContainsFunc(matrices, saysPark) {
		b.sentence("Safe until event N: executions that have come no further can still take the stage: docs/verdicts.md.")
	}
	if slices.ContainsFunc(matrices, func(m *matrix.Matrix) bool { return told.WithFindings(m) > 0 }) {
		b.sentence("What a finding is, and which code settles it: docs/verdicts.md.")
	}
	if !b.notCompared(matrices) {
		b.sentence("Compared: commands, options and values. Never: headers, inputs of local activities.")
	}
}

func (b *writer) sentence(text string) { b.Printf("%s\n", prose.Wrap(text, b.Width, 0)) }

// notCompared says so where values were left out.
func (b *writer) notCompared(matrices []*matrix.Matrix) bool {
	for _, m := range matrices {
		if m.Level.Includes(compare.Values) {
			return false
		}
	}
	b.sentence("Values (arguments, durations, results) were not compared: the level is lower than values.")
	return true
}

func saysPark(m *matrix.Matrix) bool {
	for c := range m.Cells() {
		if c.Verdict.Incompatible() && told.ParkText(c.Result) != "" {
			return true
		}
	}
	return false
}
