// Package revisions is one change that is revised again: the same change ID,
// "Step 1", goes from version 1 to version 2, and its old branches are deleted
// one release at a time. It begins with what not to do.
//
//	PrePatch  calls PrePatchActivity
//	Replaced  calls PostPatchActivity with no GetVersion at all: the mistake
//	Version1  GetVersion("Step 1", DefaultVersion, 1)
//	Version2  GetVersion("Step 1", DefaultVersion, 2), which adds AnotherPatchActivity
//	Min1      GetVersion("Step 1", 1, 2): the branch of DefaultVersion is deleted
//	Min2      GetVersion("Step 1", 2, 2): the branch of version 1 is deleted
//	Removed   calls AnotherPatchActivity; GetVersion is gone
//
// The stages are exported workflow functions and read like production code;
// all of them register as WorkflowType.
package revisions

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// WorkflowType is the workflow type name that every stage registers under.
const WorkflowType = "RevisionsWorkflow"

// Family holds the seven stages in the order of their release.
var Family = &versioning.Family{
	Name:          "revisions",
	Doc:           "One change ID revised from version 1 to 2 and retired, beside the swap that was not versioned.",
	WorkflowTypes: []string{WorkflowType},
	Stages: []versioning.Stage{
		{
			Name:               "pre-patch",
			Doc:                "Calls PrePatchActivity.",
			Register:           register(PrePatch),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "replaced",
			Doc:                "Calls PostPatchActivity instead, with no GetVersion: what not to do.",
			Register:           register(Replaced),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "version-1",
			Doc:                `GetVersion of "Step 1" from DefaultVersion to 1: new executions call PostPatchActivity.`,
			Register:           register(Version1),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "version-2",
			Doc:                `GetVersion of "Step 1" from DefaultVersion to 2: new executions call AnotherPatchActivity.`,
			Register:           register(Version2),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "min-1",
			Doc:                `GetVersion of "Step 1" from 1 to 2: the branch of DefaultVersion is deleted.`,
			Register:           register(Min1),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "min-2",
			Doc:                `GetVersion of "Step 1" from 2 to 2: the branch of version 1 is deleted.`,
			Register:           register(Min2),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "removed",
			Doc:                "Calls AnotherPatchActivity; GetVersion is gone.",
			Register:           register(Removed),
			RegisterActivities: registerActivities,
		},
	},
	Reference: true,
	Scenarios: []versioning.Scenario{
		versioning.RunsToCompletion,
		versioning.WaitsForActivity,
		versioning.ActivityFails("PrePatchActivity", "PostPatchActivity", "AnotherPatchActivity"),
		versioning.IsCancelled,
	},
}

func register(stage func(workflow.Context) (string, error)) func(worker.WorkflowRegistry) {
	return func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(stage, workflow.RegisterOptions{Name: WorkflowType})
	}
}

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(PrePatchActivity)
	r.RegisterActivity(PostPatchActivity)
	r.RegisterActivity(AnotherPatchActivity)
}
