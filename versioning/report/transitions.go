package report

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// transitions answers for each stage whether it may be deployed over the stages
// before it, and rolled back to from those after it: an execution of a lineage
// belongs to the last stage of that lineage. One of which no stage is known may
// meet any deploy.
func (b *textWriter) transitions(m *matrix.Matrix) {
	written := false
	for to, name := range m.Family.StageNames() {
		deploy, rollback := outcomes(m, to, func(from int) bool { return from < to }), outcomes(m, to, func(from int) bool { return from > to })
		if len(deploy) > 0 {
			b.transition("deploy "+name, deploy)
		}
		if len(rollback) > 0 {
			b.transition("roll back to "+name, rollback)
		}
		written = written || len(deploy)+len(rollback) > 0
	}
	if written {
		b.printf("\n")
	}
}

// An outcome is what a stage does to the executions of one lineage.
type outcome struct {
	lineage string
	worst   replay.Verdict
}

// outcomes returns, for the recordings whose lineage ends in a wanted stage, the
// worst verdict under the stage with the index to. An unknown stage has the
// index -1.
func outcomes(m *matrix.Matrix, to int, wanted func(from int) bool) (list []outcome) {
	stages := m.Family.StageNames()
	for _, row := range m.Rows {
		judged := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == stages[to] })
		if judged < 0 {
			continue // and so there is nothing to claim
		}
		from, lineage := -1, "an unknown stage"
		if n := len(row.Lineage); n > 0 && slices.Contains(stages, row.Lineage[n-1]) {
			from, lineage = slices.Index(stages, row.Lineage[n-1]), strings.Join(row.Lineage, "+")
		}
		if !wanted(from) {
			continue
		}
		i := slices.IndexFunc(list, func(o outcome) bool { return o.lineage == lineage })
		if i < 0 {
			i = len(list)
			list = append(list, outcome{lineage, replay.Safe})
		}
		if verdict := row.Cells[judged].Verdict; severity(verdict) > severity(list[i].worst) {
			list[i].worst = verdict
		}
	}
	return list
}

func severity(v replay.Verdict) int {
	switch {
	case v.Incompatible():
		return 2
	case v == replay.Unjudged:
		return 1
	default:
		return 0
	}
}

func (b *textWriter) transition(title string, list []outcome) {
	var breaks, unknown, safe []string
	for _, o := range list {
		switch severity(o.worst) {
		case 2:
			breaks = append(breaks, o.lineage)
		case 1:
			unknown = append(unknown, o.lineage)
		default:
			safe = append(safe, o.lineage)
		}
	}
	var parts []string
	if len(breaks) > 0 {
		parts = append(parts, "BREAKS executions of "+strings.Join(breaks, ", "))
	}
	if len(unknown) > 0 {
		parts = append(parts, "cannot tell for "+strings.Join(unknown, ", "))
	}
	if len(safe) > 0 {
		parts = append(parts, "safe for "+strings.Join(safe, ", "))
	}
	const column = 32
	text := wrap(strings.Join(parts, "; "), Width, column)
	if len(breaks) > 0 {
		text = strings.Replace(text, "BREAKS", b.color(red, "BREAKS"), 1)
	}
	title += ":"
	if len(title) >= column {
		title += "\n" + strings.Repeat(" ", column)
	}
	b.printf("%-*s%s\n", column, title, text)
}
