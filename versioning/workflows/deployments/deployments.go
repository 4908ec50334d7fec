// Package deployments changes a workflow with Worker Versioning: each stage is a
// Worker Deployment Version with a build ID, and the routing of the Worker
// Deployment decides which of them executes what.
//
//	Order10  build 1.0, the old code
//	Order11  build 1.1, a compatible change: GetVersion keeps the orders of 1.0
//	Order20  build 2.0, an incompatible change: no GetVersion decides it
//
// Every build registers its code twice. An execution of PinnedOrder stays on the
// build that ran its first Workflow Task, so build 2.0 needs no patching for it.
// One of AutoUpgradeOrder goes to the Current Version with its next Workflow
// Task, so for it build 2.0 is as wrong as any change without GetVersion.
//
// The scenarios are the procedures of an operator: set current, ramp, roll back,
// drain, a pinned override, moving an execution, and continuing as new on the
// version that is current then.
//
// # Traps
//
//   - Pinned is a promise of the operator: while one such execution is open, its
//     build has to run. Deploying another build mends none of them, and rolling
//     back does not get them off a bad one.
//   - A versioning override goes over the behavior in code, stays until it is
//     removed, and is inherited by the next run.
//   - A pinned execution that continues as new stays on its build, unless the
//     code says ContinueAsNewVersioningBehaviorAutoUpgrade.
//   - SetCurrentVersion returns before tasks are routed by it.
package deployments

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// The workflow types that every stage registers, with the same code.
const (
	// PinnedOrder stays on the Worker Deployment Version that began it.
	PinnedOrder = "PinnedOrder"
	// AutoUpgradeOrder moves to the Current Version with its next Workflow Task.
	AutoUpgradeOrder = "AutoUpgradeOrder"
)

// Family holds the three Worker Deployment Versions in the order of their release.
var Family = &versioning.Family{
	Name:          "deployments",
	Doc:           "One workflow as Pinned and as AutoUpgrade over three Worker Deployment Versions.",
	WorkflowTypes: []string{PinnedOrder, AutoUpgradeOrder},
	Stages: []versioning.Stage{
		{
			Name:               "v1-0",
			Doc:                "Reserves, and takes items until it is told to ship.",
			BuildID:            "1.0",
			Register:           register(Order10),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "v1-1",
			Doc:                `Checks new orders first, by GetVersion of "check": the orders of 1.0 go on as they began.`,
			BuildID:            "1.1",
			Register:           register(Order11),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "v2-0",
			Doc:                "Checks and charges before it reserves, with no GetVersion: no older order can go on here.",
			BuildID:            "2.0",
			Register:           register(Order20),
			RegisterActivities: registerActivities,
		},
	},
	Reference: true,
	Scenarios: scenarios,
}

func register(code func(workflow.Context) (string, error)) func(worker.WorkflowRegistry) {
	return func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(code, workflow.RegisterOptions{
			Name:               PinnedOrder,
			VersioningBehavior: workflow.VersioningBehaviorPinned,
		})
		r.RegisterWorkflowWithOptions(code, workflow.RegisterOptions{
			Name:               AutoUpgradeOrder,
			VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
		})
	}
}

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(Check)
	r.RegisterActivity(Charge)
	r.RegisterActivity(Reserve)
	r.RegisterActivity(AddItem)
}
