package replay_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestCanceledUnknown has histories in which what a cancellation is about is not there: no process ends
// for that.
func TestCanceledUnknown(t *testing.T) {
	t.Parallel()
	for _, scheduled := range []int64{-1, 0, 1, 999} {
		for _, stage := range mistakes.Family.Stages {
			if stage.Name == "deadlocks" {
				continue // it takes two seconds, and gets no further
			}
			r, err := history.ReadFile(os.DirFS("../../testdata/histories/mistakes"), "base.cancelled-activity.json")
			require.NoError(t, err)
			for _, e := range r.History.GetEvents() {
				if a := e.GetActivityTaskCancelRequestedEventAttributes(); a != nil {
					a.ScheduledEventId = scheduled
				}
			}
			result := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true})
			require.NotEmpty(t, result.Verdict, "%s, scheduled by event %d", stage.Name, scheduled)
		}
	}
}
