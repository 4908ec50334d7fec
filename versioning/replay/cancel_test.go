package replay_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

func TestCancelledBefore(t *testing.T) {
	t.Parallel()
	replayed := false
	stage := before(func(workflow.Context) { replayed = true })
	r := recording(t, "patching/initial.completed")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := replay.Judge(ctx, stage, r, nil)
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Err: context.Canceled}, got)

	ctx, cancelCause := context.WithCancelCause(t.Context())
	cause := errors.New("the user pressed Ctrl-C\nand more")
	cancelCause(cause)
	got = replay.Judge(ctx, stage, r, nil)
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Err: cause}, got)

	ctx, cancel = context.WithTimeout(t.Context(), 0)
	defer cancel()
	got = replay.Judge(ctx, stage, r, nil)
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
	got := replay.Judge(ctx, stage, recording(t, "patching/initial.completed"), &replay.Options{
		Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableDeadlockDetection: true}},
	})
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Err: context.Canceled}, got)
	require.Less(t, time.Since(begun), 5*time.Second, "the replay would never have ended")
}

// TestReusedAfterCancel uses a Replayer again while a replay of the call that was
// cancelled goes on: the race detector sees what the two share.
func TestReusedAfterCancel(t *testing.T) {
	t.Parallel()
	var replayer replay.Replayer
	defer replayer.Close()
	ctx, cancel := context.WithCancel(t.Context())
	hanging, release := make(chan struct{}), make(chan struct{})
	hangs := before(func(workflow.Context) {
		close(hanging)
		<-release
	})
	go func() {
		<-hanging
		cancel()
	}()
	r := recording(t, "patching/initial.completed")
	opts := replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableDeadlockDetection: true}}}
	require.Equal(t, replay.Unjudged, replayer.JudgeAll(ctx, []versioning.Stage{hangs}, r, &opts)[0].Verdict)

	close(release)
	stage, _ := patching.Family.Stage("initial")
	for range 50 {
		require.Equal(t, replay.Safe, replayer.JudgeAll(t.Context(), []versioning.Stage{stage}, r, &opts)[0].Verdict)
	}
}
