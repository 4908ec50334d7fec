package compare_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// TestAlignment replays every recording of the coroutines by the code that made it:
// each call has an event of its own kind and name, and no event has two.
func TestAlignment(t *testing.T) {
	t.Parallel()
	sources, err := history.Dir(os.DirFS("../../testdata/histories/coroutines"), ".")
	require.NoError(t, err)
	require.NotEmpty(t, sources)
	for _, source := range sources {
		t.Run(source.Name, func(t *testing.T) {
			t.Parallel()
			r, err := source.Load()
			require.NoError(t, err)
			tr, err := replay(t, stage(t, "base"), r, worker.WorkflowReplayerOptions{})
			require.NoError(t, err)
			requireAligned(t, tr)
			owners := map[*historypb.HistoryEvent]*compare.Call{}
			for _, c := range tr.Calls {
				if c.Event == nil {
					continue
				}
				if other := owners[c.Event]; other != nil {
					t.Errorf("event %d belongs to the calls at %s and %s", c.Event.GetEventId(), other.Source(),
						c.Source())
				}
				owners[c.Event] = c
				if diff := cmp.Diff(tr.Key(c.Event), c.Key()); diff != "" {
					t.Errorf("event %d is not that of the call at %s:\n%s", c.Event.GetEventId(), c.Source(), diff)
				}
				if id, field := events.CommandID(c.Event); field != "" {
					require.Equal(t, id, c.ID)
				}
			}
		})
	}
}

// TestGoneCall takes one call away from real recordings: those that stay are not
// taken for it, however their IDs shift.
func TestGoneCall(t *testing.T) {
	t.Parallel()
	charges := func(ctx workflow.Context, amounts ...int) []workflow.Future {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		var futures []workflow.Future
		for _, amount := range amounts {
			futures = append(futures, workflow.ExecuteActivity(ctx, coroutines.Charge, amount))
		}
		return futures
	}
	for _, tt := range []struct {
		name    string
		amounts []int
		gone    int
		why     string
	}{
		{"first", []int{1, 20}, 0, "its ID is that of the next one now"},
		{"middle", []int{0, 20}, 1, "the same"},
		{"last", []int{0, 1}, 20, "nothing shifts"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			// The selector has made three activities in its first Workflow Task.
			tr, err := replay(t, code(func(ctx workflow.Context, _ string) (string, error) {
				for _, future := range charges(ctx, tt.amounts...) {
					if err := future.Get(ctx, nil); err != nil {
						return "", err
					}
				}
				return "", nil
			}), recording(t, "coroutines/base.selector"), worker.WorkflowReplayerOptions{})
			require.Error(t, err)
			for _, c := range tr.Calls {
				if c.Kind == trace.Activity && c.Event != nil {
					require.Equal(t, tr.Carried(c.Event), tr.Carries(c), tt.why)
					require.NotContains(t, tr.Carried(c.Event), fmt.Sprintf("[%d]", tt.gone))
				}
			}
		})
	}
}
