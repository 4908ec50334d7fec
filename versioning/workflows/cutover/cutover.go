// Package cutover replaces a workflow type by another one: new executions start
// as MyWorkflowV2, and MyWorkflow stays registered, unchanged, until its last
// execution has closed. No GetVersion is needed.
//
//	before  registers MyWorkflow
//	both    registers MyWorkflow and MyWorkflowV2
//	after   registers MyWorkflowV2
//
// An execution keeps the type that it was started with, so the old ones never
// reach the new code. The price is a second copy of the code until then, and
// that nothing old ever gets the new behaviour.
//
// # Three traps
//
//   - MovedInPlace gives MyWorkflow what MyWorkflowV2 calls. The SDK compares the
//     types of activities and child workflows after the last dot only
//     (isCommandMatchEvent and lastPartOfName in internal/internal_task_handlers.go):
//     to a replay, and to a live worker, billing.v1.Charge is billing.v2.Charge.
//   - V2.MyWorkflow is new code in a function of the old name. A worker finds a
//     workflow by the name of its function too, and before it looks for the name
//     that it is registered under (getWorkflowDefinition in
//     internal/internal_worker.go), so the executions of MyWorkflow run the new
//     code although the old one is registered.
//   - The stage renamed registers MyWorkflow under another name. By the same rule
//     it still finds the old executions, until somebody renames the function.
//
// worker.Options.DisableRegistrationAliasing turns the last two off. The type of
// the execution itself is compared whole: orders.MyWorkflow is not MyWorkflow.
//
// docs/cutover.md has the steps of a safe cutover and their proof.
package cutover

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// The workflow type names that executions of the family are started under.
const (
	TypeV1      = "MyWorkflow"
	TypeV2      = "MyWorkflowV2"
	TypeRenamed = "orders.MyWorkflow"
)

// Family holds the three releases of a cutover, and between them three ways to
// get it wrong.
var Family = &versioning.Family{
	Name:          "cutover",
	Doc:           "A workflow type is replaced by another; both are registered until the old executions have closed.",
	WorkflowTypes: []string{TypeV1, TypeV2, TypeRenamed},
	Stages: []versioning.Stage{
		{
			Name:               "before",
			Doc:                "Registers MyWorkflow only.",
			Register:           registerBefore,
			RegisterActivities: registerActivities,
		},
		{
			Name:               "both",
			Doc:                "Registers MyWorkflow, unchanged, and MyWorkflowV2.",
			Register:           registerBoth,
			RegisterActivities: registerActivities,
		},
		{
			Name:               "moved-in-place",
			Doc:                "Registers both, and MyWorkflow calls what MyWorkflowV2 calls: billing.v2 and reminders.v2.",
			Register:           registerMovedInPlace,
			RegisterActivities: registerActivities,
		},
		{
			Name:               "shadowed",
			Doc:                "Registers both, and the function behind MyWorkflowV2 is named MyWorkflow.",
			Register:           registerShadowed,
			RegisterActivities: registerActivities,
		},
		{
			Name:               "renamed",
			Doc:                "Registers the function MyWorkflow under the name orders.MyWorkflow, and MyWorkflowV2.",
			Register:           registerRenamed,
			RegisterActivities: registerActivities,
		},
		{
			Name:               "after",
			Doc:                "Registers MyWorkflowV2 only.",
			Register:           registerAfter,
			RegisterActivities: registerActivities,
		},
	},
	Reference: true,
	Scenarios: scenarios,
}

func registerBefore(r worker.WorkflowRegistry) {
	r.RegisterWorkflow(MyWorkflow)
	registerReminders(r)
}

func registerBoth(r worker.WorkflowRegistry) {
	r.RegisterWorkflow(MyWorkflow)
	r.RegisterWorkflow(MyWorkflowV2)
	registerReminders(r)
}

func registerMovedInPlace(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(MovedInPlace, workflow.RegisterOptions{Name: TypeV1})
	r.RegisterWorkflow(MyWorkflowV2)
	registerReminders(r)
}

func registerShadowed(r worker.WorkflowRegistry) {
	r.RegisterWorkflow(MyWorkflow)
	r.RegisterWorkflowWithOptions(V2{}.MyWorkflow, workflow.RegisterOptions{Name: TypeV2})
	registerReminders(r)
}

func registerRenamed(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(MyWorkflow, workflow.RegisterOptions{Name: TypeRenamed})
	r.RegisterWorkflow(MyWorkflowV2)
	registerReminders(r)
}

func registerAfter(r worker.WorkflowRegistry) {
	r.RegisterWorkflow(MyWorkflowV2)
	registerReminders(r)
}

func registerReminders(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(RemindV1, workflow.RegisterOptions{Name: "reminders.v1.Remind"})
	r.RegisterWorkflowWithOptions(RemindV2, workflow.RegisterOptions{Name: "reminders.v2.Remind"})
}
