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

// A Family is one workflow and all the stages that its code goes through. Most families have one
// workflow type. A family that moves from one type to another has two.
type Family struct {
	// Name is unique among families: lower-case words joined by hyphens ("patching"). If there are
	// many families, slashes can separate groups ("runtimechecks/activity"). Name is also the
	// folder of the family's recordings.
	Name string

	// Doc is one sentence: what the workflow does, and what the change of its code shows.
	Doc string

	// WorkflowTypes are the names of the workflow types that executions of the family are started
	// under. Each stage must register at least one of them. If there is one name, every stage
	// registers its workflow under this name. That makes the stages a change of one workflow.
	WorkflowTypes []string

	// Stages are in the order of their release. A transition to a later stage is a deploy. A
	// transition to an earlier stage is a rollback.
	Stages []Stage

	// Catalogue says that the stages are not released one after another. The first stage is a base,
	// and each other stage is one change of the base. Transitions are then only between the base
	// and a change, in both directions.
	Catalogue bool

	// Reference says that the family is there to be read: what its stages break is meant, and nobody deploys
	// them.
	Reference bool

	// Scenarios are the executions that package record makes at every stage.
	// A family whose recordings come from elsewhere needs none.
	Scenarios []Scenario
}

// A Stage is one released form of a family's code.
type Stage struct {
	// Name is unique within the family: lower-case words or numbers joined by hyphens
	// ("patch-deprecated"). Name becomes a part of recording names, so it has no dot, plus sign,
	// slash or at sign.
	Name string

	// Doc is one sentence: what this release of the code does.
	Doc string

	// Register registers the stage's workflows, and nothing else. The replayer and the live Worker
	// use the same function. So the code that is tested is the code that runs.
	Register func(worker.WorkflowRegistry)

	// RegisterActivities registers the activities that the workflows call. Nil registers none. It
	// is separate from Register for two reasons. A replay runs no activity and needs only the
	// names. And a live Worker without activities leaves an execution parked at its first activity.
	RegisterActivities func(worker.ActivityRegistry)

	// BuildID, if not empty, makes the stage a Worker Deployment Version. The stage's Workers use
	// Worker Versioning with this build ID ("1.0"). An execution that is pinned to another build
	// never reaches the stage.
	BuildID string

	// WorkerOptions, if not nil, changes the options of the stage's live Workers: a
	// PreferredVersionProvider, for example. A replay does not use WorkerOptions.
	WorkerOptions func(*worker.Options)
}

// Stage returns the stage with this name, and whether there is one.
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

// Transition reports whether executions can go from one stage to the other. The answer is false
// only for two different changes of a Catalogue.
func (f *Family) Transition(from, to string) bool {
	return !f.Catalogue || from == to || from == f.Stages[0].Name || to == f.Stages[0].Name
}

// TypeOf returns the workflow type that executions of the scenario are started under.
func (f *Family) TypeOf(sc Scenario) string {
	if sc.WorkflowType != "" {
		return sc.WorkflowType
	}
	return f.WorkflowTypes[0]
}
