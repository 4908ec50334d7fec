package svg

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const (
	// mostGroups is the number of rows of a grid, and mostStages that of its columns.
	mostGroups, mostStages = 12, 12
)

// A grid has a row for each group of recordings, and a column for each stage.
type grid struct {
	Stages []string
	Rows   []gridRow
	// More says how many groups are left out.
	More string
	// Legend explains the verdicts that occur and are not safe.
	Legend []meaning
}

type gridRow struct {
	Name, Count string
	// Cells has one for each stage, nil where the stage never meets such executions.
	Cells []*gridCell
}

type gridCell struct {
	Verdict replay.Verdict
	Answer  finding.Answer
	Symbol  string
}

// A meaning is what a symbol in a cell says.
type meaning struct {
	gridCell
	Says string
}

// gridOf is nil where no room is for all stages, or nothing was judged.
func gridOf(m *matrix.Matrix) *grid {
	groups := told.Groups(m)
	if len(groups) == 0 || len(m.Family.Stages) > mostStages {
		return nil
	}
	g := &grid{}
	for _, name := range m.Family.StageNames() {
		g.Stages = append(g.Stages, prose.Plain(name))
	}
	shown := slices.Clone(groups)
	if len(groups) > mostGroups {
		slices.SortStableFunc(shown, func(a, b *told.Grouped) int { return int(b.Worst()) - int(a.Worst()) })
		shown = shown[:mostGroups-1]
		g.More = "and " + prose.Plural(len(groups)-len(shown), "more group") + " of recordings, none of them worse"
	}
	for _, group := range shown {
		row := gridRow{Name: group.Name, Count: group.Short(), Cells: make([]*gridCell, len(g.Stages))}
		for i, c := range group.Cells {
			column := slices.Index(m.Family.StageNames(), c.Stage)
			if column < 0 {
				continue
			}
			cell := &gridCell{c.Verdict, group.Answers[i], c.Verdict.Info().Symbol}
			if told.HasFindings(c) {
				cell.Symbol += told.FindingSign
			}
			row.Cells[column] = cell
			g.explain(cell)
		}
		g.Rows = append(g.Rows, row)
	}
	slices.SortStableFunc(g.Legend, func(a, b meaning) int { return catalogued(a) - catalogued(b) })
	return g
}

// explain adds the verdict of the cell to the legend, once, and what the sign of findings means.
func (g *grid) explain(c *gridCell) {
	plain := *c
	plain.Symbol = c.Verdict.Info().Symbol
	says := string(c.Verdict) + ": " + c.Verdict.Info().Doc
	if c.Verdict == replay.Safe {
		if c.Symbol == plain.Symbol {
			return
		}
		plain.Symbol, says = c.Symbol, told.FindingsDoc
	}
	if !slices.ContainsFunc(g.Legend, func(m meaning) bool { return m.Symbol == plain.Symbol }) {
		g.Legend = append(g.Legend, meaning{plain, says})
	}
}

// catalogued is the place of a verdict in their catalogue.
func catalogued(m meaning) int {
	return slices.IndexFunc(replay.Verdicts(), func(i replay.VerdictInfo) bool { return i.Verdict == m.Verdict })
}
