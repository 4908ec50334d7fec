package report

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A transition is what becomes of executions when the Workers of a stage take over:
// a deploy, or one of the others that its kind names.
type transition struct {
	kind  transitionKind
	stage string
	// outcomes are those of the lineages that the recordings have; missing says, where
	// there are none, what there is no recording of.
	outcomes []outcome
	missing  string
}

type transitionKind string

const (
	deploying   transitionKind = "deploy"
	again       transitionKind = "again"
	rollingBack transitionKind = "roll back to"
	moving      transitionKind = "move pinned to"
)

func (t transition) title() string {
	if t.kind == again {
		return "deploy " + t.stage + " again"
	}
	return string(t.kind) + " " + t.stage
}

// transitionsOf answers for each stage whether it may be deployed over the stages
// before it, and rolled back to from those after it: an execution of a lineage
// belongs to the last stage of that lineage. One of which no stage is known may
// meet any deploy. Where executions are pinned to another build it answers too
// whether they may be moved to the stage. What a stage does to its own executions
// is said where it is not safe, or where there is no other stage: then its code was
// changed in place. Where no recording can answer, that is said too.
func transitionsOf(m *matrix.Matrix) (list []transition) {
	stages := m.Family.StageNames()
	for to, name := range stages {
		deploy, rollback := outcomes(m, to, func(from int) bool { return from < to }), outcomes(m, to, func(from int) bool { return from > to })
		own := outcomes(m, to, func(from int) bool { return from == to })
		if len(own) > 0 && (len(stages) == 1 || slices.ContainsFunc(own, func(o outcome) bool { return severity(o.worst) > 1 })) {
			list = append(list, transition{kind: again, stage: name, outcomes: own})
		}
		if unanswered(m, to, stages[:to], deploy) {
			list = append(list, transition{kind: deploying, stage: name, missing: missingText(m, "an earlier stage")})
		}
		if unanswered(m, to, stages[to+1:], rollback) {
			list = append(list, transition{kind: rollingBack, stage: name, missing: missingText(m, "a later stage")})
		}
		if len(deploy) > 0 {
			list = append(list, transition{kind: deploying, stage: name, outcomes: deploy})
		}
		if len(rollback) > 0 {
			list = append(list, transition{kind: rollingBack, stage: name, outcomes: rollback})
		}
		if moved := moves(slices.Concat(deploy, rollback)); len(moved) > 0 {
			list = append(list, transition{kind: moving, stage: name, outcomes: moved})
		}
	}
	return list
}

// unanswered reports whether recordings are missing to answer for a transition to
// the stage: there is none of any of the stages that executions could come from.
func unanswered(m *matrix.Matrix, to int, from []string, list []outcome) bool {
	if len(list) > 0 || len(m.Partial) > 0 || len(m.Rows) == 0 {
		return false
	}
	return slices.ContainsFunc(from, func(stage string) bool { return m.Family.Transition(stage, m.Family.Stages[to].Name) })
}

// missingText says which recordings are missing to answer for a transition.
func missingText(m *matrix.Matrix, stage string) string {
	if slices.ContainsFunc(m.Rows, func(row matrix.Row) bool { return len(row.Lineage) == 0 }) {
		return "cannot tell, no recording that is known to be of " + stage
	}
	return "cannot tell, no recording of " + stage
}
