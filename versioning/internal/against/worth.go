package against

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// worth chooses the cells to explain: the first one of each finding, then the second one of each, and so on, those
// of open executions before others, as finding.Finding has its examples.
// So reports have what they show of every finding, and a page explains all cells where there are few.
func (r *run) worth(c *Comparison) []matrix.Cell {
	type candidate struct {
		cell matrix.Cell
		// nth is its place among the cells of the finding, and rank that of the finding in its family.
		nth, rank int
	}
	var all []candidate
	for _, f := range c.Families {
		s := finding.Of(f.Matrix, finding.Options{FailOn: r.FailOn})
		list := s.Findings()
		slices.SortStableFunc(list, finding.Compare)
		rank, met := map[*finding.Finding]int{}, map[*finding.Finding]int{}
		for i, of := range list {
			rank[of] = i
		}
		for _, row := range openFirst(f.Matrix.Rows) {
			for _, cell := range row.Cells {
				of := s.At(row, cell)
				if of == nil || of.Unjudged() || met[of] == r.Explain {
					continue
				}
				all = append(all, candidate{cell, met[of], rank[of]})
				met[of]++
			}
		}
	}
	slices.SortStableFunc(all,
		func(a, b candidate) int { return cmp.Or(cmp.Compare(a.nth, b.nth), cmp.Compare(a.rank, b.rank)) })
	var cells []matrix.Cell
	for _, one := range all[:min(len(all), r.Explain)] {
		cells = append(cells, one.cell)
	}
	return cells
}

// openFirst are the rows, those of open executions before those of closed ones.
func openFirst(rows []matrix.Row) (sorted []matrix.Row) {
	for _, closed := range []bool{false, true} {
		for _, row := range rows {
			if row.Closed == closed {
				sorted = append(sorted, row)
			}
		}
	}
	return sorted
}
