package replay_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// call is a call from DefaultVersion to 1 that gave the version.
func call(changeID, source string, version int) replay.VersionCall {
	return replay.VersionCall{ChangeID: changeID, Min: -1, Max: 1, Source: source, Taken: true, Version: version}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	completed := recording(t, "patching/initial.completed")
	for _, tt := range []struct {
		name      string
		stage     versioning.Stage
		recording *history.Recording
		verdict   replay.Verdict
		want      []replay.VersionCall
		why       string
	}{
		{"none", patchingStage(t, "initial"), completed, replay.Safe, nil, "the code makes no call"},
		{"no marker", patchingStage(t, "patched"), completed, replay.Safe,
			[]replay.VersionCall{call("my-patch", "patching/patched.go:19", -1)},
			"an older execution takes DefaultVersion"},
		{"marker", patchingStage(t, "patched"), recording(t, "patching/patched.waiting"), replay.Safe,
			[]replay.VersionCall{call("my-patch", "patching/patched.go:19", 1)}, "what the history says"},
		{"out of range", patchingStage(t, "patch-deprecated"), completed, replay.VersionRemoved,
			[]replay.VersionCall{{ChangeID: "my-patch", Min: 1, Max: 1, Source: "patching/patch_deprecated.go:19"}},
			"the call was made, and no version of its range was taken"},
		{"does not replay", patchingStage(t, "patched"), recording(t, "patching/patch-complete.completed"),
			replay.Nondeterministic,
			[]replay.VersionCall{call("my-patch", "patching/patched.go:19", -1)}, "as far as it got"},
		{"loop", before(askOften), completed, replay.Safe,
			[]replay.VersionCall{call("again", "replay/versionlines_test.go:9", -1),
				call("odd", "replay/versionlines_test.go:11", -1), call("again", "replay/versionlines_test.go:14", -1)},
			"one entry for each change ID and line, in the order of the first time"},
		{"coroutine", before(askInCoroutine), completed, replay.Safe,
			[]replay.VersionCall{call("coroutine", "replay/versionlines_test.go:19", -1)},
			"any coroutine of the workflow's"},
		{"end of an open history", afterwards(askOnce), firstEvents(recording(t, "patching/initial.completed"), 9),
			replay.Safe, nil,
			"what comes after the last completed workflow task does not run, so nobody takes DefaultVersion there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got := replay.Judge(t.Context(), tt.stage, tt.recording, nil)
			require.Equal(t, tt.verdict, got.Verdict, "%+v", got)
			if diff := cmp.Diff(tt.want, got.Versions); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestVersionsOfMoved is about an execution that is pinned elsewhere: the replay
// shows what it would do, and the calls are a part of that.
func TestVersionsOfMoved(t *testing.T) {
	t.Parallel()
	stage := before(askOnce)
	stage.BuildID = "9.9"
	r := recording(t, "patching/initial.completed")
	r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().VersioningOverride = &workflowpb.VersioningOverride{
		Behavior: enumspb.VERSIONING_BEHAVIOR_PINNED, PinnedVersion: "orders.1.0",
	}
	got := replay.Judge(t.Context(), stage, r, nil)
	require.Equal(t, replay.NotApplicable, got.Verdict)
	require.Equal(t, replay.Safe, got.Moved)
	require.Equal(t, []replay.VersionCall{call("once", "replay/versionlines_test.go:24", -1)}, got.Versions)
}

// afterwards is what the stage initial of patching does, and then the function.
func afterwards(do func(workflow.Context)) versioning.Stage {
	return stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		result, err := patching.Initial(ctx)
		do(ctx)
		return result, err
	})
}
