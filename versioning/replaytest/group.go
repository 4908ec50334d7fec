package replaytest

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A group is the cells that fail for one reason.
type group struct {
	reason
	// number is its place among the groups that are told of, from 1. It is 0 if the group is not told of.
	number int
	// cells, recordings and open are how many there are of each.
	cells, recordings, open int
	// first is the example for all, and examples are the names of a few cells, first it. Open executions
	// come first: they meet the code.
	first    matrix.Cell
	examples []string
	// last is the recording that was counted last, and opened is how many examples are open.
	last   string
	opened int
}

// isExplained reports whether there is more to tell of a cell than what is wrong: nothing breaks that
// did not break before, if only the words are others.
func (g *group) isExplained() bool {
	return g.kind != reworded && g.kind != noted && g.first.Verdict.Incompatible()
}

// add counts the cell.
func (g *group) add(row matrix.Row, c matrix.Cell) {
	open := !row.Closed && row.Err == nil
	g.cells++
	if g.recordings == 0 || g.last != row.Recording {
		g.recordings++
		g.last = row.Recording
		if open {
			g.open++
		}
	}
	at := len(g.examples)
	if open {
		at = g.opened
	}
	if at == mostExamples {
		return
	}
	if at == 0 {
		g.first = c
	}
	if open {
		g.opened++
	}
	g.examples = slices.Insert(g.examples, at, c.Name())
	g.examples = g.examples[:min(len(g.examples), mostExamples)]
}

const (
	// mostExamples is the number of cells of a group that are named, and whose subtests fail, if
	// there are many.
	mostExamples = 3
	// mostFailing is the number of subtests that all fail. Where more do, some fail for each reason.
	mostFailing = 10
	// manyFailing is then the number of subtests that fail.
	manyFailing = 5
	// mostTold is the number of groups that are told of, and mostListed that of further ones that have a
	// line.
	mostTold, mostListed = 10, 20
)

// group groups the cells that fail, the worst first, and chooses whose subtests fail.
func (r *run) group(m *matrix.Matrix) {
	at := map[reason]*group{}
	var failing []string
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			for _, why := range r.reasons(c) {
				g := at[why]
				if g == nil {
					g = &group{reason: why}
					at[why] = g
					r.groups = append(r.groups, g)
				}
				g.add(row, c)
				r.fails[c.Name()] = append(r.fails[c.Name()], g)
			}
			if len(r.fails[c.Name()]) > 0 {
				failing = append(failing, c.Name())
			}
		}
	}
	slices.SortStableFunc(r.groups, func(a, b *group) int { return cmp.Or(worse(a.in, b.in), b.open-a.open) })
	if len(failing) <= mostFailing {
		for _, name := range failing {
			r.shown[name] = true
		}
	}
	share := min(max(manyFailing/max(len(r.groups), 1), 1), mostExamples)
	for i, g := range r.groups[:min(len(r.groups), mostTold+mostListed)] {
		g.number = i + 1
		if i >= manyFailing {
			continue
		}
		for _, name := range g.examples[:min(len(g.examples), share)] {
			r.shown[name] = true
		}
	}
}

// worse orders findings by what a reader has to look at first, and what is in no finding last.
func worse(a, b *finding.Finding) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	default:
		return finding.Compare(a, b)
	}
}
