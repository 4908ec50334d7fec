// Package versioning is the vocabulary of replaymatrix: a Family is one
// workflow in every Stage that its code is ever released in, and a Scenario is
// one way to drive an execution of it.
//
// All three are plain struct values that a user fills in:
//
//	var Family = &versioning.Family{
//		Name:          "order",
//		Doc:           "An order is reserved, paid and shipped.",
//		WorkflowTypes: []string{"Order"},
//		Stages: []versioning.Stage{{
//			Name: "v1",
//			Doc:  "Reserves the stock, then charges.",
//			Register: func(r worker.WorkflowRegistry) {
//				r.RegisterWorkflowWithOptions(OrderV1, workflow.RegisterOptions{Name: "Order"})
//			},
//		}},
//	}
//
// The package holds data and its validation. It replays nothing (see package
// replay), records nothing (package record) and dials no service.
package versioning

import "go.temporal.io/sdk/worker"

// A Family is one workflow and all the stages that its code goes through. As a
// rule it is one workflow type; a cutover from one type to another has two.
type Family struct {
	// Name is unique among families: lower-case words joined by hyphens, in
	// slash-separated groups where there are many ("patching",
	// "runtimechecks/activity"). It is the folder of the family's recordings.
	Name string

	// Doc is one sentence: what the workflow does and what its change shows.
	Doc string

	// WorkflowTypes are the workflow type names that executions of the family
	// are started under. A stage must register at least one of them: with a
	// single name, every stage registers under the same one, which is what
	// makes the stages a change of one workflow.
	WorkflowTypes []string

	// Stages are in the order of their release. A transition to a later stage
	// is a deploy, one to an earlier stage a rollback.
	Stages []Stage

	// Catalogue says that the stages are not released one after another: the
	// first is a base, and each of the others is one change of it. Transitions
	// are then those between the base and a change, in both directions.
	Catalogue bool

	// Scenarios are the executions that package record makes at every stage.
	// A family whose recordings come from elsewhere needs none.
	Scenarios []Scenario
}

// A Stage is one released form of a family's code.
type Stage struct {
	// Name is unique within the family: lower-case words or numbers joined by
	// hyphens ("patch-deprecated"). It is a part of recording names, so it
	// holds no dot, plus sign, slash or at sign.
	Name string

	// Doc is one sentence: what this release of the code does.
	Doc string

	// Register registers the stage's workflows, and nothing else. The same
	// function serves the replayer and the live worker, so that what is
	// proven is what runs.
	Register func(worker.WorkflowRegistry)

	// RegisterActivities registers the activities that the workflows call.
	// It is separate because a replay runs none of them and needs their names
	// only, and because a live worker without them leaves an execution parked at
	// its first activity. nil registers none.
	RegisterActivities func(worker.ActivityRegistry)

	// BuildID, if not empty, makes the stage a Worker Deployment Version: its
	// workers use Worker Versioning with this build ID ("1.0"), and an execution
	// that is pinned to another build never reaches the stage.
	BuildID string

	// WorkerOptions, if not nil, changes the options of the stage's live workers:
	// a PreferredVersionProvider, for example. A replay has no use for it.
	WorkerOptions func(*worker.Options)
}

// Stage returns the stage of that name.
func (f *Family) Stage(name string) (Stage, bool) {
	for _, s := range f.Stages {
		if s.Name == name {
			return s, true
		}
	}
	return Stage{}, false
}

// StageNames returns the names of the family's stages in the order of release.
func (f *Family) StageNames() []string {
	names := make([]string, len(f.Stages))
	for i, s := range f.Stages {
		names[i] = s.Name
	}
	return names
}

// HasBuilds reports whether the stages are Worker Deployment Versions.
func (f *Family) HasBuilds() bool {
	return len(f.Stages) > 0 && f.Stages[0].BuildID != ""
}

// Transition reports whether executions can go from the one stage to the other:
// always, but for two changes of a Catalogue.
func (f *Family) Transition(from, to string) bool {
	return !f.Catalogue || from == to || from == f.Stages[0].Name || to == f.Stages[0].Name
}

// TypeOf returns the workflow type that executions of the scenario are started
// under.
func (f *Family) TypeOf(sc Scenario) string {
	if sc.WorkflowType != "" {
		return sc.WorkflowType
	}
	return f.WorkflowTypes[0]
}
