package workflows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestRehearsesItself rehearses every recording by the stage that ran it last, at every waiting point
// whose next task that stage ran: what a Worker does there is known, it is recorded.
func TestRehearsesItself(t *testing.T) {
	t.Parallel()
	for _, c := range corpora.All() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			config := replay.Config{Worker: c.Replay, DefaultNamespace: "default"}
			if c.Racing {
				config.Level = compare.Commands // each run gives other values
			}
			r := rehearse.New(&rehearse.Options{Config: config})
			t.Cleanup(r.Close)
			sources, err := history.Dir(c.Recordings(), ".")
			require.NoError(t, err)
			for _, source := range sources {
				recording, err := source.Load()
				if err != nil || len(recording.Lineage) != 1 {
					continue
				}
				stage, ok := c.Family.Stage(recording.Lineage[0])
				if !ok || len(recording.Preferred) > 0 {
					continue
				}
				tasks := events.CompletedTasks(recording.History.GetEvents())
				for i, task := range tasks[:max(0, len(tasks)-1)] {
					effect, err := r.At(t.Context(), stage, recording, task.Completed)
					require.NoError(t, err)
					if isHeartbeat(recording, tasks[i+1:]) {
						require.Equal(t, rehearse.Unknown, effect.Kind, "%s after task %d: %+v", recording, i, effect)
						continue
					}
					if effect.Kind != rehearse.AsRecorded || effect.Task != tasks[len(tasks)-1].Completed {
						t.Errorf("%s@%s after task %d: %+v", recording, stage.Name, i, effect)
					}
				}
			}
		})
	}
}

// isHeartbeat reports whether one of the tasks was completed while a local activity was running: a new
// Worker would begin it again, and nobody knows how it ends.
func isHeartbeat(r *history.Recording, tasks []events.WorkflowTask) bool {
	return strings.Contains(r.Name, "heartbeats") && slices.ContainsFunc(tasks, func(t events.WorkflowTask) bool {
		return t.End == int(t.Completed)
	})
}
