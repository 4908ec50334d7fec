package replay_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestDeadlockLine finds where a coroutine is blocked among the goroutines of a process that has
// megabytes of stacks, as one with many Workers.
func TestDeadlockLine(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	defer close(done)
	for range 4000 {
		go deep(30, done)
	}
	stage, ok := mistakes.Family.Stage("deadlocks")
	require.True(t, ok)
	r, err := history.ReadFile(os.DirFS("../../testdata/histories/mistakes"), "base.nothing.json")
	require.NoError(t, err)
	result := replay.Judge(t.Context(), stage, r, nil)
	require.Equal(t, cause.CodeDeadlocks, result.Cause.Kind)
	require.Contains(t, result.Place.Source, "mistakes/block.go:")
}

func deep(calls int, done chan struct{}) {
	if calls > 0 {
		deep(calls-1, done)
		return
	}
	<-done
}
