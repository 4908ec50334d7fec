// Package activation deploys a change switched off and switches it on later.
// Without that, the first execution that a patched worker starts makes a
// rollback unsafe, and so does every workflow task that one of the new workers
// gets while a rolling deploy is still under way.
package activation

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// WorkflowType is the workflow type name that every stage registers under.
const WorkflowType = "BillingWorkflow"

// ChangeID is the change that is switched on.
const ChangeID = "charge-card"

// Family holds the stages: at-once is the ordinary patch, to compare with the
// three releases after it.
var Family = &versioning.Family{
	Name:          "activation",
	Doc:           "A change is deployed switched off, switched on later, and cleaned up.",
	WorkflowTypes: []string{WorkflowType},
	Stages: []versioning.Stage{
		{
			Name:               "initial",
			Doc:                "Calls SendInvoice for each order.",
			Register:           register(Initial),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "at-once",
			Doc:                "GetVersion from DefaultVersion to 1 and no provider: the change is on when it is deployed.",
			Register:           register(Patched),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "switched-off",
			Doc:                "The same code; the workers' provider prefers DefaultVersion.",
			Register:           register(Patched),
			RegisterActivities: registerActivities,
			WorkerOptions:      SwitchedOff,
		},
		{
			Name:               "switched-on",
			Doc:                "The same code; the workers' provider prefers version 1.",
			Register:           register(Patched),
			RegisterActivities: registerActivities,
			WorkerOptions:      SwitchedOn,
		},
		{
			Name:               "old-branch-removed",
			Doc:                "GetVersion from 1 to 1: the branch that sends invoices is deleted, and so is the provider.",
			Register:           register(OldBranchRemoved),
			RegisterActivities: registerActivities,
		},
	},
	Scenarios: scenarios,
}

func register(stage func(workflow.Context) (string, error)) func(worker.WorkflowRegistry) {
	return func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(stage, workflow.RegisterOptions{Name: WorkflowType})
	}
}

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(SendInvoice)
	r.RegisterActivity(ChargeCard)
}
