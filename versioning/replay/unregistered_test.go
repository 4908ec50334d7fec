package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/cutover"
)

// TestUnregistered lists the types that the stage does register always in the
// same order, and gives no advice that an older release cannot follow.
func TestUnregistered(t *testing.T) {
	t.Parallel()
	const registered = `workflow type "MyWorkflowV2" is not registered, only MyWorkflow, reminders.v1.Remind, reminders.v2.Remind: `
	r := recording(t, "cutover/both.v2-waiting")
	before := cutoverStage(t, "before")
	for _, tt := range []struct {
		name      string
		releases  []string
		want, why string
	}{
		{"a deploy", []string{"both", "before"}, "keep it registered while such executions are open",
			"the next release can"},
		{"a rollback", []string{"before", "both"}, "this code is older than the execution; do not roll back to it while such executions are open",
			"it is too late to register anything in that release"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for range 20 { // the SDK takes the names from a map
				got := replay.Judge(t.Context(), before, r, replay.Options{Releases: tt.releases})
				require.Equal(t, replay.Unregistered, got.Verdict)
				require.Equal(t, registered+tt.want, got.Detail, tt.why)
			}
			unstarted := recording(t, "cutover/both.v2-waiting")
			unstarted.History.Events = unstarted.History.Events[:2]
			got := replay.Judge(t.Context(), before, unstarted, replay.Options{Releases: tt.releases})
			require.Equal(t, registered+tt.want, got.Detail, "before the first workflow task it is the same")
		})
	}
}

// TestWorkflowTypeAliases finds a workflow by the name of its function, although
// it is registered under another one, and also in place of the function that is
// registered under that name.
func TestWorkflowTypeAliases(t *testing.T) {
	t.Parallel()
	named := func(name string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: name} }
	newCode := cutover.V2{}.MyWorkflow
	for _, tt := range []struct {
		name     string
		register func(worker.WorkflowRegistry)
		disabled bool
		want     replay.Verdict
		why      string
	}{
		{"shadowed", cutoverStage(t, "shadowed").Register, false, replay.Nondeterministic, "the new code's function is named MyWorkflow"},
		{"shadowed, aliasing disabled", cutoverStage(t, "shadowed").Register, true, replay.Safe, "only the registered name counts"},
		{"renamed", cutoverStage(t, "renamed").Register, false, replay.Safe, "its function is still named MyWorkflow"},
		{"renamed, aliasing disabled", cutoverStage(t, "renamed").Register, true, replay.Unregistered, "only the registered name counts"},
		{"shadowed, the old type gone", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
		}, false, replay.Nondeterministic, "a worker that should not know the type runs the new code for it"},
		{"shadowed, registered in the other order", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
			r.RegisterWorkflow(cutover.MyWorkflow)
		}, false, replay.Nondeterministic, "a function without an explicit name has no alias to win with"},
		{"both named, the old one last", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
			r.RegisterWorkflowWithOptions(cutover.MyWorkflow, named(cutover.TypeV1))
		}, false, replay.Safe, "the last alias wins"},
		{"both named, the new one last", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(cutover.MyWorkflow, named(cutover.TypeV1))
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
		}, false, replay.Nondeterministic, "the last alias wins"},
		{"the same last part of the name", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(cutover.MovedInPlace, named(cutover.TypeRenamed))
		}, false, replay.Unregistered, "a workflow type is looked up whole"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stage := versioning.Stage{Name: "aliased", Register: tt.register}
			got := replay.Judge(t.Context(), stage, recording(t, "cutover/before.waiting"), replay.Options{
				Replayer: worker.WorkflowReplayerOptions{DisableRegistrationAliasing: tt.disabled},
			})
			require.Equal(t, tt.want, got.Verdict, tt.why)
		})
	}
}

func cutoverStage(t *testing.T, name string) versioning.Stage {
	t.Helper()
	stage, ok := cutover.Family.Stage(name)
	require.True(t, ok)
	return stage
}
