package rehearse_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// BenchmarkRehearse compares the rehearsal of one waiting point with the engine's replay up to it, at
// the level values, many at a time.
func BenchmarkRehearse(b *testing.B) {
	for _, size := range []struct {
		name       string
		activities int
		atOnce     int
	}{{"small-11-events", 1, 256}, {"medium-125-events", 20, 64}, {"large-6005-events", 1000, 4}} {
		b.Run(size.name, func(b *testing.B) {
			stage := bench.Loop(1).Stages[0]
			whole := loop.Recording(size.activities)
			tasks := events.CompletedTasks(whole.History.GetEvents())
			point := tasks[len(tasks)-2]
			upTo := *whole
			upTo.History = &historypb.History{Events: whole.History.GetEvents()[:point.End]}
			r := rehearse.New(nil)
			defer r.Close()
			many := func(do func()) time.Duration {
				return bench.Timed(func() {
					var group sync.WaitGroup
					for range 8 {
						group.Go(func() {
							for range size.atOnce / 8 {
								do()
							}
						})
					}
					group.Wait()
				})
			}
			if size.atOnce < 8 {
				many = func(do func()) time.Duration { return bench.Timed(do) }
			}
			replayed := func() { judge(b, stage, &upTo) }
			rehearsed := func() {
				effect, err := r.At(b.Context(), stage, whole, point.Completed)
				if err != nil || effect.Kind != rehearse.AsRecorded {
					b.Fatal(err, effect)
				}
			}
			rehearsed()
			var plain, effects time.Duration
			for b.Loop() {
				plain += many(replayed)
				effects += many(rehearsed)
			}
			b.ReportMetric(float64(effects)/float64(plain), "rehearsed/replayed")
		})
	}
}

// BenchmarkChain compares the rehearsal of all Workflow Tasks of a history, one after the other from the
// first waiting point on, with a replay of the history by the SDK alone. What each task costs must not
// grow with the history.
func BenchmarkChain(b *testing.B) {
	for _, activities := range []int{250, 1000, 4000} {
		b.Run(fmt.Sprint(activities+1, "-tasks"), func(b *testing.B) {
			stage, recording := bench.Loop(1).Stages[0], loop.Recording(activities)
			first := events.CompletedTasks(recording.History.GetEvents())[0]
			r := rehearse.New(nil)
			defer r.Close()
			rehearsed := func() {
				effect, err := r.At(b.Context(), stage, recording, first.Completed)
				if err != nil || effect.Kind != rehearse.AsRecorded {
					b.Fatal(err, effect)
				}
			}
			replayed := func() {
				if err := bench.Replay(stage, recording); err != nil {
					b.Fatal(err)
				}
			}
			rehearsed()
			var alone, chain time.Duration
			for b.Loop() {
				alone += bench.Timed(replayed)
				chain += bench.Timed(rehearsed)
			}
			n := float64(b.N * len(recording.History.GetEvents()))
			b.ReportMetric(float64(chain)/float64(alone), "chain/sdk")
			b.ReportMetric(float64(chain)/n, "ns/event")
		})
	}
}

// judge replays with a Replayer that is used again, as the matrix does.
func judge(b *testing.B, stage versioning.Stage, r *history.Recording) {
	replayer, _ := replayers.Get().(*replay.Replayer)
	defer replayers.Put(replayer)
	result := replayer.JudgeAll(b.Context(), []versioning.Stage{stage}, r, nil)[0]
	if result.Verdict != replay.Safe {
		b.Fatal(result.Verdict)
	}
}

var replayers = sync.Pool{New: func() any { return &replay.Replayer{} }}
