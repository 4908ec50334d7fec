package compare_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// steps replays code that charges for the numbers, and returns what it did.
func steps(t *testing.T, before func(workflow.Context), numbers ...int) *compare.Steps {
	t.Helper()
	r := recording(t, "coroutines/base.loop")
	recorder := trace.NewRecorder(worker.WorkflowReplayerOptions{})
	replayer, err := worker.NewWorkflowReplayerWithOptions(recorder.Options())
	require.NoError(t, err)
	code(func(ctx workflow.Context, _ string) (string, error) {
		if before != nil {
			before(ctx)
		}
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		for _, n := range numbers {
			_ = workflow.ExecuteActivity(ctx, coroutines.Charge, n).Get(ctx, nil)
		}
		workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
		return "", nil
	})(replayer)
	_ = replayer.ReplayWorkflowHistoryWithOptions(silent, proto.CloneOf(r.History),
		worker.ReplayWorkflowHistoryOptions{})
	return compare.StepsOf(recorder.Trace())
}

func TestApart(t *testing.T) {
	t.Parallel()
	handlers := func(names ...string) func(workflow.Context) {
		return func(ctx workflow.Context) {
			for _, name := range names {
				_ = workflow.SetQueryHandler(ctx, name, func() (int, error) { return 0, nil })
			}
		}
	}
	timer := func(ctx workflow.Context) { workflow.NewTimer(ctx, time.Hour) }
	all := compare.Repeat{Until: 1000, Ended: true}
	for _, tt := range []struct {
		why        string
		one, other *compare.Steps
		how        compare.Repeat
		allow      string
		differ     bool
		index      int
		path       string
	}{
		{"the same", steps(t, nil, 1, 2), steps(t, nil, 1, 2), all, "", false, 0, ""},
		{"another value", steps(t, nil, 1, 2), steps(t, nil, 1, 3), all, "", true, 1,
			"ActivityTaskScheduled(Charge).input[0]"},
		{"that is allowed", steps(t, nil, 1, 2), steps(t, nil, 1, 3), all, "ActivityTaskScheduled(Charge).input[0]",
			false, 0, ""},
		{"and is not compared", steps(t, nil, 1, 2), steps(t, nil, 1, 3),
			compare.Repeat{Until: 1000, Ended: true, Level: compare.Shape}, "", false, 0, ""},
		{"or comes later", steps(t, nil, 1, 2), steps(t, nil, 1, 3), compare.Repeat{Until: 5, Ended: true}, "", false,
			0, ""},
		{"another call", steps(t, nil, 1), steps(t, timer, 1), all, "", true, 0, ""},
		{"one more", steps(t, nil, 1), steps(t, nil, 1, 2), all, "", true, 1, ""},
		{"one that was given up says nothing of the rest", steps(t, nil, 1), steps(t, nil, 1, 2),
			compare.Repeat{Until: 1000}, "", false, 0, ""},
		{"but of what it did", steps(t, nil, 3), steps(t, nil, 1, 2), compare.Repeat{Until: 1000}, "", true, 0,
			"ActivityTaskScheduled(Charge).input[0]"},
		{"handlers in another order", steps(t, handlers("a", "b", "c"), 1), steps(t, handlers("c", "a", "b"), 1), all,
			"", false, 0, ""},
		{"another handler", steps(t, handlers("a", "b"), 1), steps(t, handlers("a", "c"), 1), all, "", true, 1, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			tt.how.Allowed = func(d compare.Difference) bool { return d.Path == tt.allow }
			for range 2 { // to compare changes nothing
				apart, differ := tt.one.Apart(tt.other, tt.how)
				require.Equal(t, tt.differ, differ)
				require.Equal(t, tt.index, apart.Index)
				require.Equal(t, tt.path, apart.Path)
				_, differ = tt.other.Apart(tt.one, tt.how)
				require.Equal(t, tt.differ, differ)
			}
		})
	}
}
