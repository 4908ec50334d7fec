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
	scenario versioning.Scenario
	turns    []turn
	// inTurn is whether the scenario itself names the turns.
	inTurn bool
	// lastRun is whether the last run is recorded.
	lastRun bool
	// withoutWorker, if not nil, acts on it when its worker has stopped.
	withoutWorker versioning.Drive
	// prefer, if not nil, is what its worker prefers to record, and swept the end
	// of its name.
	prefer *preferences
	swept  string
}

// A turn is the time in which one stage runs the execution.
type turn struct {
	stage versioning.Stage
	// drive, if not nil, is what acts on the execution meanwhile.
	drive versioning.Drive
	// parked is whether the worker runs no activity, so that the next stage finds the
	// execution where it waits for its first one.
	parked bool
	// fails and newRun are those of versioning.Turn.
	fails, newRun bool
}

// activities are those of the worker that runs the turn.
func (e execution) activities(t turn) registerActivities {
	switch {
	case t.parked, e.scenario.WithoutActivities():
		return nil
	case e.scenario.Activities != nil:
		return e.scenario.Activities
	default:
		return t.stage.RegisterActivities
	}
}

func (e execution) first() versioning.Stage { return e.turns[0].stage }

func (e execution) last() versioning.Stage { return e.turns[len(e.turns)-1].stage }

// isJourney reports whether the execution may turn out to be impossible: no
// scenario says that these stages can follow each other.
func (e execution) isJourney() bool { return len(e.turns) > 1 && !e.inTurn }

// lineage names the stages that execute the run that is recorded, each turn
// that goes on with the same stage left out.
func (e execution) lineage() []string {
	var names []string
	for _, t := range e.turns {
		if t.newRun {
			names = nil
		}
		names = append(names, t.stage.Name)
	}
	return slices.Compact(names)
}

func (e execution) name() string {
	return strings.Join(e.lineage(), "+") + "." + e.scenario.Name + e.swept
}

// plan lists the executions of a family that begin with one of these stages, or
// with any.
func plan(f *versioning.Family, first []string) (executions []execution) {
	for _, sc := range f.Scenarios {
		for _, e := range executionsOf(f, sc) {
			if len(first) == 0 || slices.Contains(first, e.first().Name) {
				executions = append(executions, e)
			}
		}
	}
	return executions
}

// executionsOf lists the executions of a scenario: one at each stage, then the
// journeys to each later stage, or the one whose turns the scenario names.
func executionsOf(f *versioning.Family, sc versioning.Scenario) []execution {
	e := execution{scenario: sc}
	switch plan := sc.Plan.(type) {
	case versioning.InTurn:
		e.lastRun = plan.LastRun
		return []execution{e.named(f, plan.Turns)}
	case versioning.Unattended:
		e.withoutWorker = plan.WithoutWorker
		return e.alone(able(f, sc, plan.Stages), plan.Drive)
	case versioning.Observed:
		e.withoutWorker = plan.WithoutWorker
		return e.alone(able(f, sc, plan.Stages), plan.Drive)
	case versioning.EachStage:
		e.lastRun = plan.LastRun
		stages := able(f, sc, plan.Stages)
		executions := e.alone(stages, plan.Drive)
		if plan.Journeys {
			executions = append(executions, e.journeys(f, stages, plan.Drive)...)
		}
		return executions
	default:
		return e.alone(able(f, sc, nil), nil)
	}
}

// able returns the stages that the scenario is recorded at: those of these names, or
// all, that register its workflow type.
func able(f *versioning.Family, sc versioning.Scenario, names []string) (stages []versioning.Stage) {
	for _, s := range f.Stages {
		if len(names) > 0 && !slices.Contains(names, s.Name) {
			continue
		}
		if registered, err := registry.OfWorkflows(s.Register); err == nil && registered.Has(f.TypeOf(sc)) {
			stages = append(stages, s)
		}
	}
	return stages
}

// alone returns the execution once for each stage, which runs it by itself.
func (e execution) alone(stages []versioning.Stage, drive versioning.Drive) (executions []execution) {
	for _, s := range stages {
		e.turns = []turn{{stage: s, drive: drive}}
		executions = append(executions, e)
	}
	return executions
}

// journeys returns the execution once for each stage and each later one, which takes it
// over.
func (e execution) journeys(
	f *versioning.Family, stages []versioning.Stage, drive versioning.Drive,
) (executions []execution) {
	for i, from := range stages {
		for _, to := range stages[i+1:] {
			if f.Transition(from.Name, to.Name) {
				e.turns = []turn{{stage: from, parked: true}, {stage: to, drive: drive}}
				executions = append(executions, e)
			}
		}
	}
	return executions
}

// named returns the execution with the turns that its scenario names.
func (e execution) named(f *versioning.Family, turns []versioning.Turn) execution {
	e.inTurn = true
	for _, t := range turns {
		stage, _ := f.Stage(t.Stage)
		e.turns = append(e.turns, turn{stage: stage, drive: t.Drive, fails: t.Fails, newRun: t.NewRun})
	}
	return e
}
