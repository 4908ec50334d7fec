package rehearse_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestRollAfterSignals is about a task that is told of with the signals before it: what a Worker of the
// other stage makes of the execution is asked after that task, and not after the first one. The code of
// base ships once "approved" has come; that of structure has dropped "paid" and waits on.
func TestRollAfterSignals(t *testing.T) {
	t.Parallel()
	read := func(name string) *history.Recording {
		r, err := history.ReadFile(os.DirFS("../../histories/unnoticed/signal-type"), name+".json")
		require.NoError(t, err)
		return r
	}
	base, _ := unnoticed.SignalType.Stage("base")
	structure, _ := unnoticed.SignalType.Stage("structure")
	x := rehearse.New(nil)
	defer x.Close()
	effects := x.Rehearse(t.Context(), rehearse.Request{Stage: structure, Reference: &base, Recording: read("base.charged"),
		Scope: rehearse.All, Argument: func(news rehearse.News) (rehearse.Argument, bool) {
			return rehearse.ArgumentsOf(read("base.shipped")).Of(news)
		}})
	require.Empty(t, effects.Failed)
	asked := 0
	for _, e := range effects.List {
		if len(e.After) == 0 {
			continue
		}
		asked++
		require.NotNil(t, e.Roll, "%+v", e)
		require.True(t, e.Roll.Stuck, "base has made a call in the task of approved: %+v", *e.Roll)
	}
	require.Positive(t, asked)
}
