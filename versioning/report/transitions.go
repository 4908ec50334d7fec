package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// transitions writes what transitionsOf answers.
func (b *textWriter) transitions(m *matrix.Matrix) {
	list := transitionsOf(m)
	for _, t := range list {
		if t.missing != "" {
			b.line(t.title(), t.missing)
		} else {
			b.transition(t.title(), t.outcomes)
		}
	}
	if len(list) > 0 {
		b.printf("\n")
	}
}

// unknownStage stands for the lineage of a recording of which no stage is known.
const unknownStage = "an unknown stage"

// An outcome is what a stage does to the executions of one lineage.
type outcome struct {
	lineage string
	// meets is whether some of them get to the stage, and worst the worst verdict
	// on those.
	meets bool
	worst replay.Verdict
	// otherwise is whether some of those that replay answer a query otherwise than
	// under the code that ran them.
	otherwise bool
	// pinned is whether some of them are kept away by Worker Versioning: neither
	// broken nor, by a replay, safe. moved is the worst verdict on those, if they
	// were moved to the stage.
	pinned bool
	moved  replay.Verdict
}

// moves returns what the stage does to pinned executions that are moved to it.
func moves(list []outcome) (moved []outcome) {
	for _, o := range list {
		if o.pinned {
			moved = append(moved, outcome{lineage: o.lineage, meets: true, worst: o.moved})
		}
	}
	return moved
}

// outcomes returns, for the recordings whose lineage ends in a wanted stage, what
// the stage with the index to does to them. An unknown stage has the index -1.
func outcomes(m *matrix.Matrix, to int, wanted func(from int) bool) (list []outcome) {
	stages := m.Family.StageNames()
	for _, row := range m.Rows {
		judged := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == stages[to] })
		if judged < 0 {
			continue // and so there is nothing to claim
		}
		from, lineage := -1, unknownStage
		if n := len(row.Lineage); n > 0 && slices.Contains(stages, row.Lineage[n-1]) {
			from, lineage = slices.Index(stages, row.Lineage[n-1]), strings.Join(row.Lineage, "+")
		}
		if !wanted(from) {
			continue
		}
		i := slices.IndexFunc(list, func(o outcome) bool { return o.lineage == lineage })
		if i < 0 {
			i = len(list)
			list = append(list, outcome{lineage: lineage, worst: replay.Safe, moved: replay.Safe})
		}
		if cell := row.Cells[judged]; cell.Verdict == replay.NotApplicable {
			list[i].pinned, list[i].moved = true, worse(list[i].moved, cmp.Or(cell.Moved, replay.Unjudged))
		} else {
			list[i].meets, list[i].worst = true, worse(list[i].worst, cell.Verdict)
			list[i].otherwise = list[i].otherwise || len(row.Changes(cell)) > 0
		}
	}
	return list
}

func worse(a, b replay.Verdict) replay.Verdict {
	if severity(b) > severity(a) {
		return b
	}
	return a
}

func severity(v replay.Verdict) int {
	switch {
	case v == replay.Drift:
		return 2
	case v.Incompatible():
		return 3
	case v == replay.Unjudged:
		return 1
	default:
		return 0
	}
}

func (b *textWriter) transition(title string, list []outcome) {
	g := groupsOf(list)
	var parts []string
	if len(g.breaks) > 0 {
		parts = append(parts, "BREAKS executions of "+strings.Join(g.breaks, ", "))
	}
	if len(g.changes) > 0 {
		parts = append(parts, "CHANGES what executions do of "+strings.Join(g.changes, ", "))
	}
	if len(g.unknown) > 0 {
		parts = append(parts, "cannot tell for "+strings.Join(g.unknown, ", "))
	}
	if len(g.otherwise) > 0 {
		parts = append(parts, "replays and ANSWERS OTHERWISE for "+strings.Join(g.otherwise, ", "))
	}
	if len(g.safe) > 0 {
		parts = append(parts, "safe for "+strings.Join(g.safe, ", "))
	}
	if len(g.pinned) > 0 {
		parts = append(parts, "leaves those pinned elsewhere to Workers that must keep running: "+strings.Join(g.pinned, ", "))
	}
	text := wrap(strings.Join(parts, "; "), Width, transitionColumn)
	if len(g.breaks) > 0 {
		text = strings.Replace(text, "BREAKS", b.color(red, "BREAKS"), 1)
	}
	if len(g.changes) > 0 {
		text = strings.Replace(text, "CHANGES", b.color(yellow, "CHANGES"), 1)
	}
	if len(g.otherwise) > 0 {
		text = strings.Replace(text, "ANSWERS", b.color(yellow, "ANSWERS"), 1)
	}
	b.line(title, text)
}

// transitionColumn is where the text of a transition begins.
const transitionColumn = 32

func (b *textWriter) line(title, text string) {
	title += ":"
	if len(title) >= transitionColumn {
		title += "\n" + strings.Repeat(" ", transitionColumn)
	}
	b.printf("%-*s%s\n", transitionColumn, title, text)
}
