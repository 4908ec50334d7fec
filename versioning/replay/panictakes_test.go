package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestTakenBeforePanic is about a signal that the code takes without a value, and panics before it
// makes another call. Nothing decodes it, and no coroutine gets another turn.
func TestTakenBeforePanic(t *testing.T) {
	t.Parallel()
	ignores := func(ctx workflow.Context) { workflow.GetSignalChannel(ctx, "approved").Receive(ctx, nil) }
	polls := func(ctx workflow.Context) {
		leaves(ctx)
		workflow.GetSignalChannel(ctx, "approved").ReceiveAsync(nil)
	}
	inCoroutine := func(do func(workflow.Context)) func(workflow.Context) {
		return func(ctx workflow.Context) {
			workflow.Go(ctx, func(ctx workflow.Context) {
				do(ctx)
				panic(nilPointer)
			})
			_ = workflow.Await(ctx, func() bool { return false })
		}
	}
	for _, tt := range []struct {
		name     string
		approved func(workflow.Context)
		unread   bool
		why      string
	}{
		{"receives", ignores, false, "it waits for the signal, and has it as soon as it comes"},
		{"polls", polls, false, "it takes what is there"},
		{"does not receive", leaves, true, "it only looks whether there is one"},
		{"in a coroutine", inCoroutine(ignores), false, "whoever takes it"},
		{"polls in a coroutine", inCoroutine(polls), false, "whoever takes it"},
		{"in a coroutine, does not receive", inCoroutine(leaves), true, "nobody takes it"},
		{"takes it as it is ended", func(ctx workflow.Context) {
			workflow.Go(ctx, func(ctx workflow.Context) {
				defer workflow.GetSignalChannel(ctx, "approved").ReceiveAsync(nil)
				_ = workflow.Await(ctx, func() bool { return false })
			})
			leaves(ctx)
		}, true, "the SDK ends this coroutine after the panic"},
	} {
		for _, level := range compare.Levels() {
			t.Run(tt.name+"/"+level.String(), func(t *testing.T) {
				t.Parallel()
				r := unchangedRecording(t, "fail-workflow.failed-by-panic")
				got := replay.Judge(t.Context(), running(r, "now", refunds(tt.approved)), r,
					&replay.Options{Config: replay.Config{Level: level}})
				require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
				require.Equal(t, tt.unread, len(got.Findings()) > 0, "%s: %v", tt.why, got.Notes)
			})
		}
	}
}
