package judge

import (
	"context"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

// mending returns what explains the cells that a report asks for. It judges each of them once more: the matrix
// keeps no explanations, since one holds a whole replay, and a report shows few.
func (c commands) mending(ctx context.Context, families []*versioning.Family,
	opts *matrix.Options) func(matrix.Cell) report.Mending {
	known := map[string]report.Mending{}
	return func(cell matrix.Cell) report.Mending {
		m, ok := known[cell.String()]
		if !ok {
			m = shown.MendingOf(c.explainedAgain(ctx, families, cell, opts))
			known[cell.String()] = m
		}
		return m
	}
}

// explainedAgain is the cell with its explanation, or as it is if that fails.
func (c commands) explainedAgain(ctx context.Context, families []*versioning.Family, cell matrix.Cell,
	opts *matrix.Options) report.Explained {
	for _, f := range families {
		if f.Name != cell.Family {
			continue
		}
		sources, err := c.Sources(f)
		if err != nil {
			break
		}
		e, err := c.explained(ctx, place{f, sources, cell.Recording, cell.Stage}, opts)
		if err != nil {
			break
		}
		return e
	}
	return report.Explained{Cell: cell}
}
