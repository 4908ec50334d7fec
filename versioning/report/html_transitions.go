package report

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A step is one transition to a stage, and what it does to the executions of each
// lineage, as textWriter.transitions prints it.
type step struct {
	// action is "deploy", "deploy again", "roll back" or "move".
	action string
	stage  string
	list   []outcome
	// unanswered says which recordings are missing to tell.
	unanswered string
}

// steps answers the questions of textWriter.transitions, in its order.
func steps(m *matrix.Matrix) (list []step) {
	stages := m.Family.StageNames()
	for to, name := range stages {
		deploy, rollback := outcomes(m, to, func(from int) bool { return from < to }), outcomes(m, to, func(from int) bool { return from > to })
		own := outcomes(m, to, func(from int) bool { return from == to })
		if len(own) > 0 && (len(stages) == 1 || slices.ContainsFunc(own, func(o outcome) bool { return severity(o.worst) > 1 })) {
			list = append(list, step{action: "deploy again", stage: name, list: own})
		}
		for _, s := range []struct {
			step
			from    []string
			missing string
		}{
			{step{action: "deploy", stage: name, list: deploy}, stages[:to], "an earlier stage"},
			{step{action: "roll back", stage: name, list: rollback}, stages[to+1:], "a later stage"},
		} {
			if isUnanswered(m, to, s.from, s.list) {
				s.unanswered = "cannot tell, no recording of " + s.missing
			}
			if s.unanswered != "" || len(s.list) > 0 {
				list = append(list, s.step)
			}
		}
		if moved := moves(slices.Concat(deploy, rollback)); len(moved) > 0 {
			list = append(list, step{action: "move", stage: name, list: moved})
		}
	}
	return list
}

func isUnanswered(m *matrix.Matrix, to int, from []string, list []outcome) bool {
	if len(list) > 0 || len(m.Partial) > 0 || len(m.Rows) == 0 {
		return false
	}
	return slices.ContainsFunc(from, func(stage string) bool { return m.Family.Transition(stage, m.Family.Stages[to].Name) })
}

// title is how textWriter.transitions names the transition.
func (s step) title() string {
	switch s.action {
	case "deploy again":
		return "deploy " + s.stage + " again"
	case "roll back":
		return "roll back to " + s.stage
	case "move":
		return "move pinned to " + s.stage
	}
	return s.action + " " + s.stage
}

// A stepPart is what a transition does to some lineages, in the words around them.
type stepPart struct {
	// kind is "breaks", "changes", "unknown", "otherwise", "safe" or "pinned".
	kind        string
	loud, words string
	lineages    []string
}

// parts are in the order of their weight, the worst first.
func (s step) parts() (parts []stepPart) {
	all := []stepPart{
		{kind: "breaks", loud: "BREAKS", words: "executions of"},
		{kind: "changes", loud: "CHANGES", words: "what executions do of"},
		{kind: "unknown", loud: "cannot tell", words: "for"},
		{kind: "otherwise", loud: "ANSWERS OTHERWISE", words: "and replays, for"},
		{kind: "safe", loud: "safe", words: "for"},
		{kind: "pinned", loud: "pinned elsewhere", words: "and left to Workers that must keep running:"},
	}
	for _, o := range s.list {
		if o.pinned {
			all[5].lineages = append(all[5].lineages, o.lineage)
		}
		kind := 4
		switch {
		case !o.meets:
			continue
		case severity(o.worst) > 0:
			kind = 3 - severity(o.worst)
		case o.otherwise:
			kind = 3
		}
		all[kind].lineages = append(all[kind].lineages, o.lineage)
	}
	for _, part := range all {
		if len(part.lineages) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// kind is that of the worst part: whether the transition may be made.
func (s step) kind() string {
	if parts := s.parts(); len(parts) > 0 {
		return parts[0].kind
	}
	return "unknown"
}
