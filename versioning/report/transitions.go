package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// transitions writes what transitionsOf answers.
func (b *textWriter) transitions(m *matrix.Matrix) {
	list := transitionsOf(m)
	for _, t := range list {
		b.transition(t)
	}
	if len(list) > 0 {
		b.printf("\n")
	}
}

// An outcome is what a stage does to the executions of one lineage, or to those of
// an unknown one that it does the same to.
type outcome struct {
	subject
	// meets is whether some of them get to the stage, and worst the worst verdict
	// on those.
	meets bool
	worst replay.Verdict
	// otherwise is whether some of those that replay answer a query otherwise than
	// under the code that ran them.
	otherwise bool
	// findings is whether some of those that replay have findings.
	findings bool
	// pinned is whether some of them are kept away by Worker Versioning: neither
	// broken nor, by a replay, safe. moved is the worst verdict on those, if they
	// were moved to the stage.
	pinned bool
	moved  replay.Verdict
	// unstarted is the number of executions of which no Workflow Task has completed:
	// whatever their lineage they prove nothing, and so they are an outcome of their
	// own, without recordings.
	unstarted int
}

// moves returns what the stage does to pinned executions that are moved to it.
func moves(list []outcome) (moved []outcome) {
	for _, o := range list {
		if o.pinned {
			moved = append(moved, outcome{subject: o.subject, meets: true, worst: o.moved})
		}
	}
	return moved
}

// outcomes returns, for the recordings whose lineage ends in a wanted stage, what
// the stage with the index to does to them. An unknown stage has the index -1.
func outcomes(m *matrix.Matrix, to int, wanted func(from int) bool) (list []outcome) {
	stages := m.Family.StageNames()
	unstarted := 0
	for _, row := range m.Rows {
		judged := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == stages[to] })
		if judged < 0 {
			continue // and so there is nothing to claim
		}
		from, who := -1, subject{}
		if n := len(row.Lineage); n > 0 && slices.Contains(stages, row.Lineage[n-1]) {
			from, who.lineage = slices.Index(stages, row.Lineage[n-1]), lineageText(finding.Lineage{Stages: row.Lineage, Preferred: row.Preferred})
		}
		if !wanted(from) {
			continue
		}
		cell := row.Cells[judged]
		if !matrix.Proves(cell) {
			unstarted++
			continue
		}
		i := slices.IndexFunc(list, func(o outcome) bool {
			return o.lineage == who.lineage && (from >= 0 || o.alike(row, cell))
		})
		if i < 0 {
			i = len(list)
			list = append(list, outcome{subject: who, worst: replay.Safe, moved: replay.Safe})
		}
		list[i].recordings++
		if cell.Verdict == replay.NotApplicable {
			list[i].pinned, list[i].moved = true, worse(list[i].moved, cmp.Or(cell.Moved, replay.Unjudged))
		} else {
			list[i].meets, list[i].worst = true, worse(list[i].worst, cell.Verdict)
			list[i].otherwise = list[i].otherwise || len(row.Changes(cell)) > 0
			list[i].findings = list[i].findings || isDoubtful(cell)
		}
	}
	if unstarted > 0 {
		list = append(list, outcome{worst: replay.Safe, moved: replay.Safe, unstarted: unstarted})
	}
	unknown := 0
	for _, o := range list {
		if o.lineage == "" {
			unknown += o.recordings
		}
	}
	for i := range list {
		list[i].of = unknown
	}
	return list
}

// alike reports whether the stage does to this cell's execution what it does to
// those of the outcome. Executions of an unknown stage have nothing else in common.
func (o outcome) alike(row matrix.Row, c matrix.Cell) bool {
	if c.Verdict == replay.NotApplicable || o.pinned {
		return c.Verdict == replay.NotApplicable && o.pinned && severity(o.moved) == severity(cmp.Or(c.Moved, replay.Unjudged))
	}
	return severity(o.worst) == severity(c.Verdict) && o.otherwise == (len(row.Changes(c)) > 0) && o.findings == isDoubtful(c)
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

func (b *textWriter) transition(t transition) {
	if t.missing != "" {
		b.line(t.title(), t.missing)
		return
	}
	parts := t.parts()
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.text())
	}
	text := wrap(strings.Join(ofThem(texts), "; "), Width, transitionColumn)
	for _, p := range parts {
		if color, loud := partColors[p.kind]; loud {
			text = strings.Replace(text, p.loud, b.color(color, p.loud), 1)
		}
	}
	b.line(t.title(), text)
}

var partColors = map[partKind]string{breaking: red, changing: yellow, answering: yellow, doubting: yellow}

// transitionColumn is where the text of a transition begins.
const transitionColumn = 32

func (b *textWriter) line(title, text string) {
	title += ":"
	if len(title) >= transitionColumn {
		title += "\n" + strings.Repeat(" ", transitionColumn)
	}
	b.printf("%-*s%s\n", transitionColumn, title, text)
}
