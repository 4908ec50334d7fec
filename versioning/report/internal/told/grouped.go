package told

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A Grouped stands for all recordings of one lineage that have the same verdict and answer at each stage.
type Grouped struct {
	// Name is the lineage, or says that it is unknown.
	Name string
	Executions
	// Cells are those of the first recording, and Answers what each of them does to the execution.
	Cells   []matrix.Cell
	Answers []finding.Answer
}

// Worst is the worst of the answers.
func (g *Grouped) Worst() (worst finding.Answer) {
	for _, a := range g.Answers {
		worst = max(worst, a)
	}
	return worst
}

// Groups returns the groups of the matrix, in the order of their first recordings.
func Groups(m *matrix.Matrix) (list []*Grouped) {
	at := map[string]*Grouped{}
	for _, row := range m.Rows {
		name := groupName(m, row)
		key := name
		var answers []finding.Answer
		for _, c := range row.Cells {
			a := finding.AnswerTo(row, c)
			answers = append(answers, a)
			key += fmt.Sprintf("\n%s %s %v %t", c.Stage, c.Verdict, a, HasFindings(c))
		}
		g := at[key]
		if g == nil {
			g = &Grouped{Name: name, Cells: row.Cells, Answers: answers}
			at[key], list = g, append(list, g)
		}
		g.add(row, finding.FateUnknown)
	}
	return list
}

// groupName says whose code ran the execution of the row.
func groupName(m *matrix.Matrix, row matrix.Row) string {
	if n := len(row.Lineage); n > 0 {
		if _, ok := m.Family.Stage(row.Lineage[n-1]); ok {
			return prose.Plain(lineageText(finding.Lineage{Stages: row.Lineage, Preferred: row.Preferred}))
		}
	}
	return "unknown stage"
}
