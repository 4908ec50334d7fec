package replay_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// The SDK's deadlock detector waits a second of wall-clock time, so each of
// these tests takes a second or more, beside each other.

func TestDeadlock(t *testing.T) {
	t.Parallel()
	got := replay.Judge(t.Context(), before(block), recording(t, "patching/initial.waiting"), nil)
	want := replay.Result{
		Verdict: replay.Panic,
		Place:   replay.Place{Event: 4, EventType: "WorkflowTaskCompleted", Source: "replay/lines_test.go:30"},
		Cause: cause.Cause{
			Kind: cause.CodeDeadlocks, Failure: &cause.Failure{}, Notice: cause.NoticedAtOnce,
		},
	}
	if diff := cmp.Diff(want, got, ignoreErr); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.ErrorContains(t, got.SDKErr, "[TMPRL1101] Potential deadlock detected")
}

// TestFalseAlarm is about innocent code on a machine that is too busy once.
func TestFalseAlarm(t *testing.T) {
	t.Parallel()
	var replays atomic.Int32
	stage := before(func(workflow.Context) {
		if replays.Add(1) == 1 {
			time.Sleep(2 * time.Second)
		}
	})
	got := replay.Judge(t.Context(), stage, recording(t, "patching/initial.completed"), nil)
	require.Equal(t, safe(`"pre-patch"`), got)
	require.EqualValues(t, 2, replays.Load(), "one replay is enough to clear it")
}

// TestAwakenedDeadlock is about code that the SDK has given up, which comes back
// while the result is made: the SDK makes its next call panic, which must neither
// end the process nor race with the result.
func TestAwakenedDeadlock(t *testing.T) {
	t.Parallel()
	stage := before(func(ctx workflow.Context) {
		time.Sleep(1500 * time.Millisecond)
		for range 1000 {
			workflow.GetVersion(ctx, "my-patch", workflow.DefaultVersion, 1)
		}
	})
	got := replay.Judge(t.Context(), stage, recording(t, "patching/initial.completed"), nil)
	require.Equal(t, replay.Panic, got.Verdict)
}

func TestDeadlockDetectionDisabled(t *testing.T) {
	t.Parallel()
	stage := before(func(workflow.Context) { time.Sleep(1300 * time.Millisecond) })
	got := replay.Judge(t.Context(), stage, recording(t, "patching/initial.completed"), &replay.Options{
		Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableDeadlockDetection: true}},
	})
	require.Equal(t, safe(`"pre-patch"`), got, "slow is not deadlocked")
}
