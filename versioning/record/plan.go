package record

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

// An execution is one recording to be made: the stages that run it in turn,
// and the scenario that drives it.
type execution struct {
	stages   []versioning.Stage
	scenario versioning.Scenario
	// prefer, if not nil, is what its worker prefers to record, and swept the end
	// of its name.
	prefer *preferences
	swept  string
}

// drive is what acts on the execution while the stage of that index runs it.
func (e execution) drive(i int) versioning.Drive {
	switch {
	case len(e.scenario.Turns) > 0:
		return e.scenario.Turns[i].Drive
	case i == len(e.stages)-1:
		return e.scenario.Drive
	default:
		return nil
	}
}

// activities are those of the worker that runs the stage of that index. A
// journey is parked, by a worker without any, until its last stage.
func (e execution) activities(i int) registerActivities {
	switch {
	case e.scenario.WithoutActivities, len(e.scenario.Turns) == 0 && i < len(e.stages)-1:
		return nil
	case e.scenario.Activities != nil:
		return e.scenario.Activities
	default:
		return e.stages[i].RegisterActivities
	}
}

func (e execution) last() versioning.Stage { return e.stages[len(e.stages)-1] }

// isJourney reports whether the execution may turn out to be impossible: no
// scenario says that these stages can follow each other.
func (e execution) isJourney() bool { return len(e.stages) > 1 && len(e.scenario.Turns) == 0 }

// lineage names the stages that execute the run that is recorded, each turn
// that goes on with the same stage left out.
func (e execution) lineage() []string {
	var names []string
	for i, s := range e.stages {
		if e.newRun(i) {
			names = nil
		}
		names = append(names, s.Name)
	}
	return slices.Compact(names)
}

// newRun reports whether the stage of that index begins another run.
func (e execution) newRun(i int) bool {
	return len(e.scenario.Turns) > 0 && e.scenario.Turns[i].NewRun
}

// fails reports whether the workflow task of the turn of that index fails.
func (e execution) fails(i int) bool {
	return len(e.scenario.Turns) > 0 && e.scenario.Turns[i].Fails
}

func (e execution) name() string {
	return strings.Join(e.lineage(), "+") + "." + e.scenario.Name + e.swept
}

// plan lists the executions of a family that begin with one of these stages, or
// with any: each scenario at each stage that registers its workflow type, then
// the journeys to each later stage.
func plan(f *versioning.Family, first []string) (executions []execution) {
	begins := func(s versioning.Stage) bool { return len(first) == 0 || slices.Contains(first, s.Name) }
	for _, sc := range f.Scenarios {
		if len(sc.Turns) > 0 {
			if e := turns(f, sc); begins(e.stages[0]) {
				executions = append(executions, e)
			}
			continue
		}
		stages := able(f, sc)
		for _, s := range stages {
			if begins(s) {
				executions = append(executions, execution{stages: []versioning.Stage{s}, scenario: sc})
			}
		}
		if !sc.Journeys {
			continue
		}
		for i, from := range stages {
			for _, to := range stages[i+1:] {
				if begins(from) && f.Transition(from.Name, to.Name) {
					executions = append(executions, execution{stages: []versioning.Stage{from, to}, scenario: sc})
				}
			}
		}
	}
	return executions
}

// able returns the stages that the scenario is recorded at: those it names, or all
// that register its workflow type.
func able(f *versioning.Family, sc versioning.Scenario) (stages []versioning.Stage) {
	for _, s := range f.Stages {
		if len(sc.Stages) > 0 && !slices.Contains(sc.Stages, s.Name) {
			continue
		}
		if registered, err := registry.OfWorkflows(s.Register); err == nil && registered.Has(f.TypeOf(sc)) {
			stages = append(stages, s)
		}
	}
	return stages
}

// turns returns the execution whose stages the scenario itself names.
func turns(f *versioning.Family, sc versioning.Scenario) execution {
	e := execution{scenario: sc}
	for _, turn := range sc.Turns {
		stage, _ := f.Stage(turn.Stage)
		e.stages = append(e.stages, stage)
	}
	return e
}
