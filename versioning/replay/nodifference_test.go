package replay_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// failing is a converter whose nth call of a kind gives an error or panics, as one does
// that asks a service.
type failing struct {
	converter.DataConverter
	mu             sync.Mutex
	encodes, nth   int
	decodes        int
	encode, panics bool
}

func (f *failing) fails(count *int, kind bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	*count++
	fails := kind && *count == f.nth
	if fails && f.panics {
		panic("no connection")
	}
	return fails
}

func (f *failing) FromPayloads(payloads *commonpb.Payloads, to ...any) error {
	if f.fails(&f.decodes, !f.encode) {
		return errors.New("no connection")
	}
	return f.DataConverter.FromPayloads(payloads, to...)
}

func (f *failing) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	if f.fails(&f.encodes, f.encode) {
		return nil, errors.New("no connection")
	}
	return f.DataConverter.ToPayloads(values...)
}

// reading calls A for each key and reads what it gives.
func reading(keys ...string) any {
	return func(ctx workflow.Context) error {
		for _, key := range keys {
			var result string
			if err := workflow.ExecuteActivity(ao(ctx), A, key).Get(ctx, &result); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestConverterFailsOnce: what a converter could not do once says nothing about the code.
func TestConverterFailsOnce(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	for _, tt := range []struct {
		why  string
		dc   *failing
		want replay.Verdict
		keys []string
	}{
		{"the result of b is not read in the second replay", &failing{nth: 5}, replay.Safe, []string{"a", "b", "c"}},
		{"the argument b is not encoded in the second replay", &failing{nth: 5, encode: true}, replay.Safe,
			[]string{"a", "b", "c"}},
		{"it panics", &failing{nth: 5, panics: true}, replay.Safe, []string{"a", "b", "c"}},
		{"it panics when it encodes", &failing{nth: 5, encode: true, panics: true}, replay.Safe,
			[]string{"a", "b", "c"}},
		{"the same for code that has changed", &failing{nth: 9}, replay.Drift, []string{"a", "b", "other"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			dc := tt.dc
			dc.DataConverter = converter.GetDefaultDataConverter()
			got := replay.Judge(t.Context(), running(r, "today", reading(tt.keys...)), r, &replay.Options{
				Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DataConverter: tt.dc}},
				Twice:  true,
			})
			require.Equal(t, tt.want, got.Verdict, advice.Line(got))
			require.GreaterOrEqual(t, max(dc.encodes, dc.decodes), dc.nth, "it has failed")
		})
	}
}

// TestDeadlockOnce: a deadlock is a second of the clock, and no call.
func TestDeadlockOnce(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	var replays atomic.Int32
	stage := running(r, "today", func(ctx workflow.Context) error {
		_ = workflow.ExecuteActivity(ao(ctx), A, "a").Get(ctx, nil)
		if n := replays.Add(1); n == 2 || n == 3 {
			time.Sleep(1500 * time.Millisecond)
		}
		return sequence("b", "c")(ctx)
	})
	got := replay.Judge(t.Context(), stage, r, &replay.Options{Twice: true})
	require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
	require.EqualValues(t, 3, replays.Load(), "the second replay, and once more as it deadlocked")
}

// TestCancelledRepeats: who cancels gets no verdict of half of the replays.
func TestCancelledRepeats(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var replays atomic.Int32
	stage := running(r, "today", func(wctx workflow.Context) error {
		if replays.Add(1) == 2 {
			cancel()
			return errors.New("what follows from it is no difference")
		}
		return sequence("a", "b", "c")(wctx)
	})
	got := replay.Judge(ctx, stage, r, &replay.Options{Twice: true})
	require.Equal(t, replay.Unjudged, got.Verdict)
	require.ErrorIs(t, got.Err, context.Canceled)
}

// TestNoRunID: the SDK makes up a run ID for each replay where the history tells none.
func TestNoRunID(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	r.RunID = ""
	r.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes().OriginalExecutionRunId = ""
	got := replay.Judge(t.Context(), running(r, "today", func(ctx workflow.Context) error {
		return sequence("a", "b", workflow.GetInfo(ctx).WorkflowExecution.RunID)(ctx)
	}), r, nil)
	require.Equal(t, replay.Drift, got.Verdict, advice.Line(got))
}
