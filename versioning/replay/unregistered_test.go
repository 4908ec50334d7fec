package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/cutover"
)

// TestUnregistered lists the types that the stage does register always in the
// same order, and gives no advice that an older release cannot follow.
func TestUnregistered(t *testing.T) {
	t.Parallel()
	const registered = `workflow type "MyWorkflowV2" is not registered, only MyWorkflow and 2 others: `
	r := recording(t, "cutover/both.v2-waiting")
	before := cutoverStage(t, "before")
	for _, tt := range []struct {
		name      string
		releases  []versioning.Stage
		want, why string
	}{
		{"a deploy", []versioning.Stage{cutoverStage(t, "both"), before},
			"keep it registered while such executions are open",
			"the next release can"},
		{"a rollback", []versioning.Stage{before, cutoverStage(t, "both")},
			"this code is older than the execution; do not roll back to it while such executions are open",
			"it is too late to register anything in that release"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for range 20 { // the SDK takes the names from a map
				got := replay.Judge(t.Context(), before, r, &replay.Options{Stages: tt.releases})
				require.Equal(t, replay.Unregistered, got.Verdict)
				require.Equal(t, registered+tt.want, advice.Line(got), tt.why)
				require.EqualError(t, got.SDKErr, "unable to find workflow type: MyWorkflowV2. Supported types: "+
					"[MyWorkflow, reminders.v1.Remind, reminders.v2.Remind]",
					"explain prints it")
			}
			unstarted := recording(t, "cutover/both.v2-waiting")
			unstarted.History.Events = unstarted.History.Events[:2]
			got := replay.Judge(t.Context(), before, unstarted, &replay.Options{Stages: tt.releases})
			require.Equal(t, registered+tt.want, advice.Line(got), "before the first workflow task it is the same")
		})
	}
}

func cutoverStage(t *testing.T, name string) versioning.Stage {
	t.Helper()
	stage, ok := cutover.Family.Stage(name)
	require.True(t, ok)
	return stage
}

// TestUnstartedAlias finds a workflow by the name of its function before the
// first workflow task, as a worker and the replay of a longer history do.
func TestUnstartedAlias(t *testing.T) {
	t.Parallel()
	for _, events := range []int{2, 17} {
		r := recording(t, "cutover/before.waiting")
		r.History.Events = r.History.Events[:min(events, len(r.History.Events))]
		known := replay.Safe
		if events == 2 {
			known = replay.Unstarted
		}
		for disabled, want := range map[bool]replay.Verdict{false: known, true: replay.Unregistered} {
			got := replay.Judge(t.Context(), cutoverStage(t, "renamed"), r, &replay.Options{
				Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableRegistrationAliasing: disabled}},
			})
			require.Equal(t, want, got.Verdict, "%d events, aliases disabled: %t", events, disabled)
		}
	}
}
