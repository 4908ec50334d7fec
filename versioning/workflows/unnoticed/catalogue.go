package unnoticed

import (
	"slices"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// A stage is a name, a sentence, and the workflow.
type stage struct {
	name     string
	doc      string
	workflow any
	// worker, if not nil, changes the options of its live Workers.
	worker func(*worker.Options)
}

// catalogue makes a family of stages: the first is the base, each of the others
// one change of it. The name is the last part of the family's.
func catalogue(name, workflowType, doc string, scenarios []versioning.Scenario, stages ...stage) *versioning.Family {
	scenarios = slices.Clone(scenarios)
	for i := range scenarios {
		if plan, ok := scenarios[i].Plan.(versioning.Observed); ok {
			plan.Control = true
			scenarios[i].Plan = plan
		}
	}
	f := &versioning.Family{
		Name:          "unnoticed/" + name,
		Doc:           doc,
		WorkflowTypes: []string{workflowType},
		Catalogue:     true,
		Reference:     true,
		Scenarios:     scenarios,
	}
	for _, s := range stages {
		f.Stages = append(f.Stages, versioning.Stage{
			Name: s.name,
			Doc:  s.doc,
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(s.workflow, workflow.RegisterOptions{Name: workflowType})
				r.RegisterWorkflow(Pack)
				r.RegisterWorkflow(Weigh)
			},
			RegisterActivities: registerActivities,
			WorkerOptions:      s.worker,
		})
	}
	return f
}
