package record

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// An execution is one recording to be made: the stages that run it in turn,
// and the scenario that drives it.
type execution struct {
	stages   []versioning.Stage
	scenario versioning.Scenario
}

func (e execution) last() versioning.Stage { return e.stages[len(e.stages)-1] }
func (e execution) isJourney() bool        { return len(e.stages) > 1 }

func (e execution) lineage() []string {
	names := make([]string, len(e.stages))
	for i, s := range e.stages {
		names[i] = s.Name
	}
	return names
}

func (e execution) name() string {
	return strings.Join(e.lineage(), "+") + "." + e.scenario.Name
}

// plan lists the executions of a family that begin with one of these stages, or
// with any: each scenario at each stage that registers its workflow type, then
// the journeys to each later stage.
func plan(f *versioning.Family, first []string) (executions []execution) {
	begins := func(s versioning.Stage) bool { return len(first) == 0 || slices.Contains(first, s.Name) }
	for _, sc := range f.Scenarios {
		workflowType := typeOf(f, sc)
		var able []versioning.Stage
		for _, s := range f.Stages {
			if registered, err := s.Registers(); err == nil && registered.Has(workflowType) {
				able = append(able, s)
				if begins(s) {
					executions = append(executions, execution{[]versioning.Stage{s}, sc})
				}
			}
		}
		if !sc.Journeys {
			continue
		}
		for i, from := range able {
			for _, to := range able[i+1:] {
				if begins(from) {
					executions = append(executions, execution{[]versioning.Stage{from, to}, sc})
				}
			}
		}
	}
	return executions
}

func typeOf(f *versioning.Family, sc versioning.Scenario) string {
	if sc.WorkflowType != "" {
		return sc.WorkflowType
	}
	return f.WorkflowTypes[0]
}
