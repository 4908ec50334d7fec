package replay_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func TestCancelledBefore(t *testing.T) {
	t.Parallel()
	replayed := false
	stage := before(func(workflow.Context) { replayed = true })
	r := recording(t, "patching/initial.completed")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := replay.Judge(ctx, stage, r, replay.Options{})
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Detail: "context canceled", Err: context.Canceled}, got)

	ctx, cancelCause := context.WithCancelCause(t.Context())
	cause := errors.New("the user pressed Ctrl-C\nand more")
	cancelCause(cause)
	got = replay.Judge(ctx, stage, r, replay.Options{})
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Detail: "the user pressed Ctrl-C", Err: cause}, got)

	ctx, cancel = context.WithTimeout(t.Context(), 0)
	defer cancel()
	got = replay.Judge(ctx, stage, r, replay.Options{})
	require.ErrorIs(t, got.Err, context.DeadlineExceeded)
	require.False(t, replayed, "a cancelled context starts no replay")
}

// TestCancelledInTheMiddle cancels a replay that hangs for as long as the test
// lets it. The SDK cannot be stopped; Judge must return all the same.
func TestCancelledInTheMiddle(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	hanging, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	stage := before(func(workflow.Context) {
		close(hanging)
		<-release
	})
	go func() {
		<-hanging
		cancel()
	}()
	begun := time.Now()
	got := replay.Judge(ctx, stage, recording(t, "patching/initial.completed"), replay.Options{
		Replayer: worker.WorkflowReplayerOptions{DisableDeadlockDetection: true},
	})
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Detail: "context canceled", Err: context.Canceled}, got)
	require.Less(t, time.Since(begun), 5*time.Second, "the replay would never have ended")
}
