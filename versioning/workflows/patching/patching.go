// Package patching is the classic patching walk-through: a workflow that calls
// one activity is changed to call another one, in four releases, without
// breaking an execution that is in flight.
//
//	Initial          calls PrePatchActivity
//	Patched          GetVersion("my-patch", DefaultVersion, 1) chooses between both activities
//	PatchDeprecated  GetVersion("my-patch", 1, 1), and only PostPatchActivity is left
//	PatchComplete    calls PostPatchActivity, GetVersion is gone
//
// # In the words of the SDKs with patched
//
// Python, TypeScript, .NET and Ruby call the second stage patched("my-patch")
// and the third deprecate_patch("my-patch"). GetVersion, which Java and PHP have
// as well, does both with numbers:
// patched answers yes or no, GetVersion answers with the version that the
// execution recorded, from the range that the code supports, so a change can be
// revised again (package revisions).
//
// Go differs from them in two ways that decide whether a deploy is safe:
//
//   - There is no "deprecated" marker. Raising the minimum to 1 is the third
//     stage, and a worker enforces it: an execution that passed this place
//     before the patch fails its workflow task when GetVersion is replayed.
//     deprecate_patch refuses nothing; there the first command that differs
//     does.
//   - The marker need not be matched. Code without the GetVersion call replays
//     a history that holds its marker, as long as it takes the same branch;
//     there, removing deprecate_patch too early is an error.
//
// A replayed GetVersion that finds no marker gives DefaultVersion and keeps
// giving it to the end of the run, in a loop as well.
//
// The stages are exported workflow functions and read like production code;
// all of them register as WorkflowType.
package patching

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// WorkflowType is the workflow type name that every stage registers under.
const WorkflowType = "PatchingWorkflow"

// Family holds the four stages in the order of their release.
var Family = &versioning.Family{
	Name:          "patching",
	Doc:           "One activity is replaced by another with GetVersion, in four releases.",
	WorkflowTypes: []string{WorkflowType},
	Stages: []versioning.Stage{
		{
			Name:               "initial",
			Doc:                "Calls PrePatchActivity.",
			Register:           register(Initial),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "patched",
			Doc:                `GetVersion of "my-patch" from DefaultVersion to 1: new executions call PostPatchActivity.`,
			Register:           register(Patched),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "patch-deprecated",
			Doc:                `GetVersion of "my-patch" from 1 to 1: the branch of the old executions is deleted.`,
			Register:           register(PatchDeprecated),
			RegisterActivities: registerActivities,
		},
		{
			Name:               "patch-complete",
			Doc:                "Calls PostPatchActivity; GetVersion is gone.",
			Register:           register(PatchComplete),
			RegisterActivities: registerActivities,
		},
	},
	Reference: true,
	Scenarios: []versioning.Scenario{
		versioning.RunsToCompletion,
		versioning.WaitsForActivity,
		versioning.ActivityFails("PrePatchActivity", "PostPatchActivity"),
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
}
