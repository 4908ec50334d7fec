package workflows_test

import (
	"flag"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// leaks is the number of failing replays of TestLeaks.
var leaks = flag.Int("leaks", 900, "replay so many cells that fail")

// TestLeaks holds that replays which fail leave neither goroutines nor memory behind: those of every family, of genuine
// recordings under stages that do not fit. It is not parallel: others would have goroutines.
func TestLeaks(t *testing.T) {
	type pair struct {
		stage     versioning.Stage
		recording *history.Recording
		options   *replay.Options
	}
	var replayer replay.Replayer
	var failing []pair
	for i, f := range workflows.Families {
		if !*tryAll && i%4 != 0 {
			continue
		}
		sources, err := history.Dir(os.DirFS("../../histories/"+f.Name), ".")
		require.NoError(t, err)
		opts := &replay.Options{Stages: f.Stages, Catalogue: f.Catalogue}
		for _, s := range sources {
			r, err := s.Load()
			require.NoError(t, err)
			for i, result := range replayer.JudgeAll(t.Context(), f.Stages, r, opts) {
				if result.Verdict.Incompatible() {
					failing = append(failing, pair{f.Stages[i], r, opts})
				}
			}
		}
	}
	replayer.Close()
	require.Greater(t, len(failing), 100)

	// The first round fills caches, of the SDK too.
	goroutines, heap := settled()
	for round := range 3 {
		replayer := replay.Replayer{}
		for i := range *leaks / 3 {
			p := failing[(round+3*i)%len(failing)]
			result := replayer.JudgeAll(t.Context(), []versioning.Stage{p.stage}, p.recording, p.options)[0]
			require.True(t, result.Verdict.Incompatible(), "%s@%s: %s", p.recording.Name, p.stage.Name, result.Verdict)
		}
		replayer.Close()
		after, grown := settled()
		t.Logf("round %d: %d goroutines, %d KB", round+1, after, grown>>10)
		if round == 0 {
			goroutines, heap = after, grown
			continue
		}
		require.LessOrEqual(t, after, goroutines+2, "a replay leaves a goroutine")
		require.LessOrEqual(t, grown, heap+2<<20, "a replay leaves memory")
	}
}

// settled is the number of goroutines and the heap, once what ends by itself has ended.
func settled() (goroutines int, heap uint64) {
	for goroutines = runtime.NumGoroutine(); ; {
		runtime.GC()
		time.Sleep(50 * time.Millisecond)
		now := runtime.NumGoroutine()
		if now >= goroutines {
			break
		}
		goroutines = now
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return goroutines, m.HeapAlloc
}
