package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// transitions answers for each stage whether it may be deployed over the stages
// before it, and rolled back to from those after it: an execution of a lineage
// belongs to the last stage of that lineage. One of which no stage is known may
// meet any deploy. Where executions are pinned to another build it answers too
// whether they may be moved to the stage. What a stage does to its own executions
// is said where it is not safe, or where there is no other stage: then its code was
// changed in place. Where no recording can answer, that is said too.
func (b *textWriter) transitions(m *matrix.Matrix) {
	written := false
	stages := m.Family.StageNames()
	for to, name := range stages {
		deploy, rollback := outcomes(m, to, func(from int) bool { return from < to }), outcomes(m, to, func(from int) bool { return from > to })
		own := outcomes(m, to, func(from int) bool { return from == to })
		if len(own) > 0 && (len(stages) == 1 || slices.ContainsFunc(own, func(o outcome) bool { return severity(o.worst) > 1 })) {
			b.transition("deploy "+name+" again", own)
			written = true
		}
		written = b.unanswered(m, "deploy "+name, to, stages[:to], deploy, "an earlier stage") || written
		written = b.unanswered(m, "roll back to "+name, to, stages[to+1:], rollback, "a later stage") || written
		if len(deploy) > 0 {
			b.transition("deploy "+name, deploy)
		}
		if len(rollback) > 0 {
			b.transition("roll back to "+name, rollback)
		}
		if moved := moves(slices.Concat(deploy, rollback)); len(moved) > 0 {
			b.transition("move pinned to "+name, moved)
		}
		written = written || len(deploy)+len(rollback) > 0
	}
	if written {
		b.printf("\n")
	}
}

// unanswered says which recordings are missing to answer for a transition to the
// stage, where there is none of any of the stages that executions could come from.
func (b *textWriter) unanswered(m *matrix.Matrix, title string, to int, from []string, list []outcome, missing string) bool {
	if len(list) > 0 || len(m.Partial) > 0 || len(m.Rows) == 0 {
		return false
	}
	from = slices.DeleteFunc(slices.Clone(from), func(stage string) bool { return !m.Family.Transition(stage, m.Family.Stages[to].Name) })
	if len(from) == 0 {
		return false
	}
	of := "of "
	if slices.ContainsFunc(m.Rows, func(row matrix.Row) bool { return len(row.Lineage) == 0 }) {
		of = "that is known to be of "
	}
	b.line(title, "cannot tell, no recording "+of+missing)
	return true
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
			moved = append(moved, outcome{subject: o.subject, meets: true, worst: o.moved})
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
		from, who := -1, subject{}
		if n := len(row.Lineage); n > 0 && slices.Contains(stages, row.Lineage[n-1]) {
			from, who.lineage = slices.Index(stages, row.Lineage[n-1]), lineageText(row)
		}
		if !wanted(from) {
			continue
		}
		cell := row.Cells[judged]
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
		}
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
	return severity(o.worst) == severity(c.Verdict) && o.otherwise == (len(row.Changes(c)) > 0)
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
	var breaks, changes, unknown, otherwise, safe, pinned []subject
	for _, o := range list {
		if o.pinned {
			pinned = append(pinned, o.subject)
		}
		switch {
		case !o.meets:
		case severity(o.worst) == 3:
			breaks = append(breaks, o.subject)
		case severity(o.worst) == 2:
			changes = append(changes, o.subject)
		case severity(o.worst) == 1:
			unknown = append(unknown, o.subject)
		case o.otherwise:
			otherwise = append(otherwise, o.subject)
		default:
			safe = append(safe, o.subject)
		}
	}
	var parts []string
	if len(breaks) > 0 {
		parts = append(parts, "BREAKS "+executionsOf(breaks))
	}
	if len(changes) > 0 {
		parts = append(parts, "CHANGES what "+whatTheyDo(changes))
	}
	if len(unknown) > 0 {
		parts = append(parts, "cannot tell for "+those(unknown))
	}
	if len(otherwise) > 0 {
		parts = append(parts, "replays and ANSWERS OTHERWISE for "+those(otherwise))
	}
	if len(safe) > 0 {
		parts = append(parts, "safe for "+those(safe))
	}
	if len(pinned) > 0 {
		parts = append(parts, "leaves those pinned elsewhere to Workers that must keep running: "+those(pinned))
	}
	text := wrap(strings.Join(ofThem(parts), "; "), Width, transitionColumn)
	if len(breaks) > 0 {
		text = strings.Replace(text, "BREAKS", b.color(red, "BREAKS"), 1)
	}
	if len(changes) > 0 {
		text = strings.Replace(text, "CHANGES", b.color(yellow, "CHANGES"), 1)
	}
	if len(otherwise) > 0 {
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
