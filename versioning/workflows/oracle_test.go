package workflows_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestOracle rehearses what live Workers were observed to do, from the point at which their Worker was
// swapped: the rehearsal does the same in each Workflow Task, with each command and value, or is stuck
// for the same cause.
func TestOracle(t *testing.T) {
	t.Parallel()
	for _, c := range corpora.All() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			observed, err := c.Observed()
			require.NoError(t, err)
			live, err := history.ReadLive(c.Recordings())
			require.NoError(t, err)
			require.Len(t, observed, len(live.Observations), "each observation has its history: go test . -observe")
			r := rehearse.New(&rehearse.Options{Config: replay.Config{Worker: c.Replay}})
			t.Cleanup(r.Close)
			left := map[string]int{} // how many tasks are done where the scenario leaves executions, by the recording
			for _, o := range observed {
				done, ok := left[o.Observation.Recording()]
				if !ok {
					recording, err := history.ReadFile(c.Recordings(), o.Observation.Recording()+".json")
					require.NoError(t, err)
					done = len(events.CompletedTasks(recording.History.GetEvents()))
					left[o.Observation.Recording()] = done
				}
				name := fmt.Sprintf("%s@%s, %s task", o.Observation.Recording(), o.To, o.Task)
				stage, ok := c.Family.Stage(o.To)
				require.True(t, ok)
				if err := agrees(t, r, stage, o, done); err != nil {
					t.Errorf("%s: %v; observed: %s", name, err, o)
				}
			}
		})
	}
}

// agrees returns what the rehearsal says otherwise.
func agrees(t *testing.T, r *rehearse.Rehearser, stage versioning.Stage, o corpora.Observed, done int) error {
	recording := *o.Recording
	all := recording.History.GetEvents()
	if o.Outcome == history.TaskFailed {
		all = untilFailure(all)
	}
	recording.History = &historypb.History{Events: all}
	tasks, point := events.CompletedTasks(all), int64(0)
	if o.Outcome != history.TaskFailed {
		done = min(done, len(tasks)-1) // two signals have come in one task, or in two
	}
	if done > 0 {
		point = tasks[done-1].Completed
	}
	effect, err := r.At(t.Context(), stage, &recording, point)
	if err != nil {
		return err
	}
	switch o.Outcome {
	case history.TaskFailed:
		if len(tasks) > done {
			if effect.Kind != rehearse.AsRecorded {
				return fmt.Errorf("before it fails: %+v", effect)
			}
			if effect, err = r.Next(t.Context(), stage, &recording); err != nil {
				return err
			}
		}
		if effect.Kind != rehearse.Stuck || effect.Cause != o.Cause {
			return fmt.Errorf("%+v", effect)
		}
	case history.Closed, history.WentOn:
		if effect.Kind != rehearse.AsRecorded || effect.Task != tasks[len(tasks)-1].Completed {
			return fmt.Errorf("%+v", effect)
		}
	}
	return nil
}

// untilFailure are the events up to the WorkflowTaskStarted of the first task that fails for good.
func untilFailure(all []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	i := slices.IndexFunc(all, func(e *historypb.HistoryEvent) bool {
		failed := e.GetWorkflowTaskFailedEventAttributes()
		return failed != nil && failed.GetCause() != enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND &&
			failed.GetCause() != enumspb.WORKFLOW_TASK_FAILED_CAUSE_RESET_STICKY_TASK_QUEUE
	})
	if i < 0 {
		return all
	}
	return all[:i]
}
