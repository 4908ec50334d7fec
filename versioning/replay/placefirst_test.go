package replay_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestPlaceFirst is about places that no call of the code tells, or that come before what the SDK
// names. The history has two timers of 1 ms and 48 h, then the activity Charge, and waits for the
// signal "end".
func TestPlaceFirst(t *testing.T) {
	t.Parallel()
	type place struct {
		Kind  cause.Kind
		Event int64
		Line  string
	}
	short, long := time.Millisecond, 48*time.Hour
	begin := func(ctx workflow.Context) {
		first := workflow.NewTimer(ctx, short)
		workflow.NewTimer(ctx, long)
		_ = first.Get(ctx, nil)
	}
	for _, tt := range []struct {
		name string
		code func(ctx workflow.Context, _ string) error
		want place
		why  string
	}{
		{"waits for a signal", func(ctx workflow.Context, _ string) error {
			_ = workflow.SetUpdateHandler(ctx, "adjust", func(workflow.Context) error { return nil })
			workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil) // waits for a signal
			begin(ctx)
			return nil
		}, place{cause.CallRemoved, 5, "waits for a signal"}, "it has got there, and sends nothing"},
		{"waits for a condition", func(ctx workflow.Context, _ string) error {
			return workflow.Await(ctx, func() bool { return false }) // waits for a condition
		}, place{cause.CallRemoved, 5, "waits for a condition"}, "it has got there, and sends nothing"},
		{"another value before", func(ctx workflow.Context, _ string) error {
			first := workflow.NewTimer(ctx, short)
			workflow.NewTimer(ctx, 2*long) // another value before
			_ = first.Get(ctx, nil)
			return workflow.ExecuteActivity(ao(ctx), "Refund", 100).Get(ctx, nil)
		}, place{cause.ValuesChanged, 6, "another value before"}, "the SDK names the activity, which comes after it"},
		{"cancels at once", func(ctx workflow.Context, _ string) error {
			first := workflow.NewTimer(ctx, short)
			scope, cancel := workflow.WithCancel(ctx)
			workflow.NewTimer(scope, long)
			cancel() // cancels at once
			return first.Get(ctx, nil)
		}, place{cause.CancellationAdded, 0, "cancels at once"}, "the history does not cancel what it starts there"},
		{"another activity", func(ctx workflow.Context, _ string) error {
			begin(ctx)
			return workflow.ExecuteActivity(ao(ctx), "Refund", 100).Get(ctx, nil) // another activity
		}, place{cause.CallRenamed, 11, "another activity"}, "nothing differs before"},
		{"ends", func(ctx workflow.Context, _ string) error {
			begin(ctx)
			charged := workflow.ExecuteActivity(ao(ctx), "Charge", 100) // ends
			return charged.Get(ctx, nil)
		}, place{cause.EndsEarlier, 0, "ends"}, "nothing tells at which line a function returns: the call before it does"},
		{"ends behind coroutines", func(ctx workflow.Context, _ string) error {
			first := workflow.NewTimer(ctx, short)
			workflow.NewTimer(ctx, long)
			group := workflow.NewWaitGroup(ctx)
			group.Add(1)
			workflow.Go(ctx, func(ctx workflow.Context) { // the coroutine
				_ = first.Get(ctx, nil)
				group.Done()
			})
			group.Wait(ctx)
			return nil
		}, place{cause.EndsEarlier, 0, "the coroutine"}, "it comes behind the last call on the way to the end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := history.ReadFile(os.DirFS("../../testdata/histories/edits"), "base.timers-open.json")
			require.NoError(t, err)
			result := replay.Judge(t.Context(), running(r, "now", tt.code), r, &replay.Options{Explain: true})
			got := place{result.Cause.Kind, result.Place.Event, markedLine(t, result.Place)}
			if tt.want.Event == 0 {
				got.Event = 0
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s; %s (-want +got):\n%s", tt.why, result.Cause, diff)
			}
		})
	}
}

// markedLine is the comment behind the line of the place, or the line itself.
func markedLine(t *testing.T, p replay.Place) string {
	t.Helper()
	if p.File == "" {
		return "no line"
	}
	code, err := os.ReadFile(p.File)
	require.NoError(t, err)
	line := strings.Split(string(code), "\n")[p.Line-1]
	_, mark, found := strings.Cut(line, "// ")
	if !found {
		return strings.TrimSpace(line)
	}
	return mark
}
