// Package cutover replaces a workflow type by another.
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
