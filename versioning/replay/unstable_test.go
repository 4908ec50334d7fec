package replay_test

import (
	"crypto/rand"
	"maps"
	mathrand "math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// inOrder calls A for each key, in the order of a range over a map.
func inOrder(keys ...string) any {
	return func(ctx workflow.Context) error {
		charges := map[string]bool{}
		for _, key := range keys {
			charges[key] = true
		}
		for key := range charges {
			if err := workflow.ExecuteActivity(ao(ctx), A, key).Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestMapOrder is the fault map-order. Go begins the range over a small map at one of
// eight places, so the code often does again what it did before; no cell may then
// be told to branch.
func TestMapOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fault string
		keys  []string
		why   string
	}{
		{"map-order", []string{"a", "b", "c"}, "six of the eight places begin with a"},
		{"map-order-eight", []string{"a", "b", "c", "d", "e", "f", "g", "h"}, "a key for each of the eight places"},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := fault(t, tt.fault)
			seen := map[replay.Verdict]int{}
			for range 40 {
				got := replay.Judge(t.Context(), running(r, "today", inOrder(tt.keys...)), r,
					&replay.Options{Twice: true})
				seen[got.Verdict]++
				if got.Verdict == replay.Safe {
					continue // two replays in the recorded order
				}
				require.Equal(t, replay.Unstable, got.Verdict, advice.Line(got))
				require.NotContains(t, advice.Line(got), "GetVersion")
				require.Contains(t, got.Place.Source, "replay/unstable_test.go:33")
			}
			require.Positive(t, seen[replay.Unstable], seen)
			if len(tt.keys) == 8 {
				require.LessOrEqual(t, seen[replay.Safe], 8, "one of 64 is to be expected")
			}
		})
	}
}

// TestUnstable judges code that is not deterministic, in each of its ways.
func TestUnstable(t *testing.T) {
	t.Parallel()
	var count, drawn atomic.Int64
	for _, tt := range []struct {
		name, why string
		code      func(ctx workflow.Context) error
		event     int64
		detail    string
	}{
		{
			"time", "drift each time, by another value", func(ctx workflow.Context) error {
				return workflow.ExecuteActivity(ao(ctx), A, time.Now().String()).Get(ctx, nil)
			}, 5, "ActivityTaskScheduled(A).input[0]",
		}, {
			"uuid", "the same", func(ctx workflow.Context) error {
				return workflow.ExecuteActivity(ao(ctx), A, rand.Text()).Get(ctx, nil)
			}, 5, "ActivityTaskScheduled(A).input[0]",
		}, {
			"later", "what differs comes after what has changed", func(ctx workflow.Context) error {
				_ = workflow.ExecuteActivity(ao(ctx), A, "x").Get(ctx, nil)
				return workflow.ExecuteActivity(ao(ctx), A, rand.Text()).Get(ctx, nil)
			}, 11, "ActivityTaskScheduled(A).input[0]",
		}, {
			"counter", "process state, which is another one in each replay", func(ctx workflow.Context) error {
				n := count.Add(1)
				return workflow.ExecuteActivity(ao(ctx), A, strconv.FormatInt(n, 10)).Get(ctx, nil)
			}, 5, "ActivityTaskScheduled(A).input[0]",
		}, {
			"timer", "the SDK compares the ID only", func(ctx workflow.Context) error {
				_ = workflow.ExecuteActivity(ao(ctx), A, "a").Get(ctx, nil)
				return workflow.Sleep(ctx, time.Hour+mathrand.N(time.Hour))
			}, 11, "TimerStarted.startToFireTimeout",
		}, {
			"activity ID", "an ID is compared by the SDK", func(ctx workflow.Context) error {
				ctx = workflow.WithActivityOptions(ctx,
					workflow.ActivityOptions{StartToCloseTimeout: time.Minute, ActivityID: rand.Text()})
				return workflow.ExecuteActivity(ctx, A, "a").Get(ctx, nil)
			}, 5, "ActivityTaskScheduled(A).activityId",
		}, {
			"ending", "what the workflow ends with", func(ctx workflow.Context) error {
				for _, key := range []string{"a", "b", "c"} {
					_ = workflow.ExecuteActivity(ao(ctx), A, key).Get(ctx, nil)
				}
				return workflow.NewContinueAsNewError(ctx, "M", rand.Text())
			}, 23, "WorkflowExecutionContinuedAsNew.input[0]",
		}, {
			"select", "two Go channels that are ready", func(ctx workflow.Context) error {
				one, two := make(chan bool, 1), make(chan bool, 1)
				one <- true
				two <- true
				select {
				case <-one:
					return workflow.ExecuteActivity(ao(ctx), A, "one").Get(ctx, nil)
				case <-two:
					return workflow.ExecuteActivity(ao(ctx), B, "two").Get(ctx, nil)
				}
			}, 5, "makes other calls",
		}, {
			"goroutine", "Go's own goroutines race", func(ctx workflow.Context) error {
				var order []string
				var mu sync.Mutex
				var group sync.WaitGroup
				for i := range 12 {
					group.Go(func() {
						time.Sleep(mathrand.N(time.Millisecond))
						mu.Lock()
						defer mu.Unlock()
						order = append(order, strconv.Itoa(i))
					})
				}
				group.Wait()
				return workflow.ExecuteActivity(ao(ctx), A, order[0]+order[1]+order[2]).Get(ctx, nil)
			}, 5, "ActivityTaskScheduled(A).input[0]",
		}, {
			"panic", "the same calls, and a panic now and then", func(ctx workflow.Context) error {
				_ = workflow.ExecuteActivity(ao(ctx), A, "a").Get(ctx, nil)
				if drawn.Add(1)%2 == 1 {
					panic("tails")
				}
				workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
				return nil
			}, 10, "ends otherwise",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := calling(t, "map-order", "a", "b", "c")
			var first replay.Result
			agreed := 0
			for i := range 20 {
				got := replay.Judge(t.Context(), running(r, "today", tt.code), r, nil)
				if tt.name == "select" && got.Verdict == replay.Nondeterministic {
					agreed++ // a coin that falls nine times on one side, once in 256: agreement is no proof
					require.LessOrEqual(t, agreed, 2)
					continue
				}
				require.Equal(t, replay.Unstable, got.Verdict, "%s: %s", advice.Line(got), got.SDKErr)
				require.Equal(t, tt.event, got.Place.Event, tt.why)
				require.Contains(t, advice.Line(got), tt.detail)
				require.NotContains(t, advice.Line(got), "GetVersion")
				require.Contains(t, got.Place.Source, "replay/unstable_test.go:")
				require.Zero(t, got.Park, "nothing is claimed of what waits")
				if i == agreed {
					first = got
				}
				require.Empty(t, cmp.Diff(first, got, ignoreErr), "no value of one replay is in the result")
			}
		})
	}
}

// TestUnstableExplained never advises GetVersion, and shows what two replays did.
func TestUnstableExplained(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	got := replay.Judge(t.Context(), running(r, "today", func(ctx workflow.Context) error {
		return workflow.ExecuteActivity(ao(ctx), A, rand.Text()).Get(ctx, nil)
	}), r, &replay.Options{Explain: true})
	x := got.Explanation
	require.NotNil(t, x)
	require.Equal(t, cause.NotDeterministic, got.Cause.Kind)
	require.Equal(t, cause.NoticedByChance, got.Cause.Notice)
	says := advice.Explain(got)
	require.Empty(t, says.Code)
	require.Contains(t, says.What, "Replays of the same code differ")
	require.Contains(t, says.What, "unstable_test.go:")
	require.Contains(t, says.Do, "DeterministicKeys")
	require.NotNil(t, x.First)
	require.NotNil(t, x.First.Call)
	require.NotContains(t, advice.Line(got)+says.What+says.Do, "GetVersion")
}

// TestStable judges code that is deterministic, with what differs around it: none of
// it makes a cell unstable.
func TestStable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why string
		code      func(ctx workflow.Context) error
		want      replay.Verdict
	}{
		{
			"handlers in the order of a map", "they make no command", func(ctx workflow.Context) error {
				answers := map[string]int{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8}
				for name, answer := range answers {
					_ = workflow.SetQueryHandler(ctx, name, func() (int, error) { return answer, nil })
					_ = workflow.SetUpdateHandler(ctx, name, func(workflow.Context) error { return nil })
				}
				return sequence("a", "b", "c")(ctx)
			}, replay.Safe,
		}, {
			"sorted keys", "that is how a map is ranged over", func(ctx workflow.Context) error {
				charges := map[string]bool{"a": true, "b": true, "c": true}
				return sequence(workflow.DeterministicKeys(charges)...)(ctx)
			}, replay.Safe,
		}, {
			"the clock of the workflow", "it is that of the history", func(ctx workflow.Context) error {
				return workflow.ExecuteActivity(ao(ctx), A, workflow.Now(ctx).String()).Get(ctx, nil)
			}, replay.Nondeterministic,
		}, {
			"deferred calls", "they run when a replay is taken down, or not any more",
			func(ctx workflow.Context) error {
				defer func() {
					ctx, _ := workflow.NewDisconnectedContext(ctx)
					for range 20 {
						workflow.ExecuteActivity(ao(ctx), B, "undo")
					}
				}()
				_ = workflow.ExecuteActivity(ao(ctx), A, "other").Get(ctx, nil)
				workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
				return nil
			}, replay.Nondeterministic,
		}, {
			"a local activity", "its input is compared with nothing", func(ctx workflow.Context) error {
				ctx = workflow.WithLocalActivityOptions(ctx,
					workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
				future := workflow.ExecuteLocalActivity(ctx, A, time.Now().String())
				_ = future
				return sequence("a", "b", "c")(ctx)
			}, replay.Safe,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := calling(t, "map-order", "a", "b", "c")
			for range 20 {
				got := replay.Judge(t.Context(), running(r, "today", tt.code), r, &replay.Options{Twice: true})
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
			}
		})
	}
}

// sequence calls A for one key after the other.
func sequence(keys ...string) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		for _, key := range keys {
			if err := workflow.ExecuteActivity(ao(ctx), A, key).Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestTwice replays a safe cell once more where that is asked for.
func TestTwice(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	for _, tt := range []struct {
		why     string
		level   compare.Level
		twice   bool
		allow   []compare.Allow
		value   func(n int64) string
		want    replay.Verdict
		replays int64
	}{
		{"safe the first time, and nobody asks", "", false, nil, every, replay.Safe, 1},
		{"safe the first time, and not the second", "", true, nil, every, replay.Unstable, 9},
		{"safe both times", "", true, nil, always, replay.Safe, 2},
		{"values are not compared at the level shape", compare.Shape, true, nil, every, replay.Safe, 2},
		{"nor at commands, where calls are noted for it", compare.Commands, true, nil, every, replay.Safe, 2},
		{"what a rule allows may differ", "", true,
			[]compare.Allow{{Path: "ActivityTaskScheduled(A).input[0]", Reason: "a key of its own"}}, every,
			replay.Safe, 2},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			var replays atomic.Int64
			stage := running(r, "today", func(ctx workflow.Context) error {
				return sequence("a", "b", tt.value(replays.Add(1)))(ctx)
			})
			got := replay.Judge(t.Context(), stage, r,
				&replay.Options{Config: replay.Config{Level: tt.level, Allow: tt.allow}, Twice: tt.twice})
			require.Equal(t, tt.want, got.Verdict, advice.Line(got))
			require.Equal(t, tt.replays, replays.Load())
		})
	}
}

func always(int64) string { return "c" }
func every(n int64) string {
	if n == 1 {
		return "c"
	}
	return "c" + strconv.FormatInt(n, 10)
}

// TestRepeats counts what a cell that is not safe costs, beyond what finds out where it
// breaks and for whom: at most eight replays agree.
func TestRepeats(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why   string
		keys  int
		event int // index of the key that has changed
		most  int64
	}{
		{"all points but the last are before it", 12, 11, 13 + 8},
		{"eleven points cover it, and the rest is replayed once", 12, 0, 14},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			keys := make([]string, tt.keys)
			for i := range keys {
				keys[i] = strconv.Itoa(i)
			}
			r := calling(t, "map-order", keys...)
			now := slices.Clone(keys)
			now[tt.event] = "other"
			var replays atomic.Int64
			got := replay.Judge(t.Context(), running(r, "today", func(ctx workflow.Context) error {
				replays.Add(1)
				return sequence(now...)(ctx)
			}), r, nil)
			require.Equal(t, replay.Drift, got.Verdict, advice.Line(got))
			require.LessOrEqual(t, replays.Load(), tt.most, tt.why)
		})
	}
}

// TestUnstableByStage has one recording judged by several stages, of which one is not
// deterministic: the others keep their results.
func TestUnstableByStage(t *testing.T) {
	t.Parallel()
	r := calling(t, "map-order", "a", "b", "c")
	stages := []versioning.Stage{
		running(r, "first", sequence("a", "b", "c")),
		running(r, "draws", func(ctx workflow.Context) error { return sequence("a", rand.Text())(ctx) }),
		running(r, "changed", sequence("a", "c", "b")),
		running(r, "last", sequence("a", "b", "c")),
	}
	var replayer replay.Replayer
	defer replayer.Close()
	verdicts := map[string]replay.Verdict{}
	for i, result := range replayer.JudgeAll(t.Context(), stages, r, &replay.Options{Twice: true}) {
		verdicts[stages[i].Name] = result.Verdict
	}
	want := map[string]replay.Verdict{"first": replay.Safe, "draws": replay.Unstable, "changed": replay.Drift,
		"last": replay.Safe}
	require.True(t, maps.Equal(want, verdicts), verdicts)
}
