package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const gap = 2

// gridOf writes the grid with its legend if it is asked for or small, and else how to ask for it.
func (b *writer) gridOf(m *matrix.Matrix, s *finding.Summary) {
	rows := told.MergedRows(m, s, MostRows)
	if len(rows) > MostRows && !b.opts.Grid && !b.opts.All {
		if b.opts.Command != "" {
			b.Printf("%s rows: %s\n\n", prose.Thousands(len(rows)),
				prose.Plain(b.opts.Command+" matrix "+prose.ShellWord(m.Family.Name)+" --grid"))
		}
		return
	}
	b.grid(m, rows)
	b.legend(m)
}

// grid writes recordings by stages. Stages that do not fit beside each other
// under their names get numbers, and are broken into several grids if that is
// not enough.
func (b *writer) grid(m *matrix.Matrix, rows []told.Merged) {
	const corner = "recording \\ stage"
	names := len(corner)
	for _, row := range rows {
		names = max(names, min(utf8.RuneCountInString(row.Name()), words.LongestName))
	}
	heads := m.Family.StageNames()
	if names+columnsWidth(heads) > b.Width {
		for i, name := range heads {
			heads[i] = strconv.Itoa(i + 1)
			b.Printf("%4d = %s\n", i+1, name)
		}
		b.Printf("\n")
	}
	for first := 0; first < len(heads); {
		last := first + 1
		for last < len(heads) && names+columnsWidth(heads[first:last+1]) <= b.Width {
			last++
		}
		b.block(m, rows, corner, names, heads, first, last)
		first = last
	}
}

func columnWidth(head string) int { return max(utf8.RuneCountInString(head), replay.MaxSymbol) }

func columnsWidth(heads []string) (width int) {
	for _, head := range heads {
		width += gap + columnWidth(head)
	}
	return width
}

// block writes the columns from first up to last.
func (b *writer) block(m *matrix.Matrix, rows []told.Merged, corner string, names int, heads []string, first, last int) {
	line := fmt.Sprintf("%-*s", names, corner)
	for _, head := range heads[first:last] {
		line += fmt.Sprintf("%*s%-*s", gap, "", columnWidth(head), head)
	}
	b.Printf("%s\n", strings.TrimRight(line, " "))

	stages := m.Family.StageNames()
	for _, row := range rows {
		byStage := map[string]matrix.Cell{}
		for _, cell := range row.Cells {
			byStage[cell.Stage] = cell
		}
		line := prose.Shorten(row.Name(), words.LongestName)
		// The padding before a verdict is written with it, so that none is left
		// at the end of the line, where colours would hide it from trimming.
		padding := names - utf8.RuneCountInString(line)
		for i := first; i < last; i++ {
			width := columnWidth(heads[i])
			padding += gap
			cell, judged := byStage[stages[i]]
			if !judged {
				padding += width
				continue
			}
			line += strings.Repeat(" ", padding) + b.Verdict(cell.Verdict, 0)
			padding = width - utf8.RuneCountInString(cell.Verdict.Info().Symbol)
			if told.HasFindings(cell) {
				line += told.FindingSign
				padding-- // a sign can be in the gap
			}
		}
		b.Printf("%s\n", line)
	}
	b.Printf("\n")
}
