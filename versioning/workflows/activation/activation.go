// Package activation deploys a change switched off and switches it on later, with
// worker.Options.PreferredVersionProvider (Go SDK 1.47, experimental).
//
//	Initial           sends an invoice for each order
//	Patched           GetVersion("charge-card", DefaultVersion, 1) chooses between both activities
//	SwitchedOff       worker options: a first call records DefaultVersion
//	SwitchedOn        worker options: a first call records version 1
//	OldBranchRemoved  GetVersion("charge-card", 1, 1), and only ChargeCard is left
//
// # Why
//
// An ordinary patch, the stage at-once, is on when it is deployed: the first new
// worker that gets a workflow task can record version 1, and from then on the old
// code cannot replay that execution. In a rolling deploy the old workers are
// still running at that moment. A worker that is switched off records a real
// marker with DefaultVersion, and the old code replays that.
//
// # What a provider decides
//
// The SDK asks the provider where a change ID is reached for the first time and
// not in replay (GetVersion and resolvePreferredVersion in
// internal/internal_event_handlers.go), and writes the answer into the history.
// So the switch decides at the moment of the first touch, not at the start of the
// execution, and never again for that run.
//
//   - A replay does not ask it: switched-off and switched-on have the same column
//     in the matrix. What differs is the recordings that they make.
//   - Code past the call without a marker has DefaultVersion, whatever the
//     provider prefers.
//   - nil means the newest version. A version outside the range of the call fails
//     the workflow task, unless the preference says ClampToSupportedRange.
//
// docs/activation.md has the steps of a safe rollout and their proof.
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
	Reference: true,
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
