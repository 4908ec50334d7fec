package matrix_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestBoundedMemory counts recordings that are loaded and whose row has not been
// taken, while the one who takes rows is slower than the workers.
func TestBoundedMemory(t *testing.T) {
	t.Parallel()
	const recordings = 2000
	r := tiny(t)
	for _, workers := range []int{1, 2, 5} {
		var alive, most atomic.Int32
		sources := many(recordings, func(string) (*history.Recording, error) {
			n := alive.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			return r, nil
		})
		rows := 0
		for row := range matrix.Rows(t.Context(), family, sources, &matrix.Options{Workers: workers,
			Rehearse: rehearse.None}) {
			alive.Add(-1)
			rows++
			require.Len(t, row.Cells, len(family.Stages))
			if rows%100 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		require.Equal(t, recordings, rows)
		require.LessOrEqual(t, int(most.Load()), workers+2)
		require.GreaterOrEqual(t, int(most.Load()), workers, "the workers have nothing to do")
	}
}

// TestFlatMemory measures what is in use in the middle of a run, with 10 times
// the recordings. Rows are taken and dropped, so it is flat.
func TestFlatMemory(t *testing.T) {
	r := tiny(t)
	inUse := func(recordings int) uint64 {
		sources := many(recordings, func(string) (*history.Recording, error) {
			return &history.Recording{WorkflowID: "x", History: proto.CloneOf(r.History)}, nil
		})
		rows := 0
		var stats runtime.MemStats
		for range matrix.Rows(t.Context(), family, sources, &matrix.Options{Workers: 2}) {
			if rows++; rows == recordings-10 {
				runtime.GC()
				runtime.GC() // the first one leaves what was in pools
				runtime.ReadMemStats(&stats)
			}
		}
		require.Equal(t, recordings, rows)
		return stats.HeapAlloc
	}
	inUse(300) // what is made once
	few, lots := inUse(300), inUse(3000)
	t.Logf("heap in use: %d kB with 300 recordings, %d kB with 3,000", few>>10, lots>>10)
	require.Less(t, lots, few+1<<20, "0.4 kB for each recording more would be too much")
}

func TestCancelInTheMiddle(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	r := tiny(t)
	var loads atomic.Int32
	sources := many(1000, func(string) (*history.Recording, error) {
		loads.Add(1)
		return r, nil
	})
	var progress []int
	m, err := matrix.Judge(ctx, family, sources, &matrix.Options{Workers: 2, Progress: func(n int) {
		progress = append(progress, n)
		if n == 50 {
			cancel(cause)
		}
	}})
	require.ErrorIs(t, err, cause)
	require.Len(t, m.Rows, 50)
	require.LessOrEqual(t, int(loads.Load()), 50+4)
	for i, n := range progress {
		require.Equal(t, i+1, n, "Progress is called in order")
	}
	for cell := range m.Cells() {
		require.Equal(t, replay.Unstarted, cell.Verdict, "%s is not complete", cell)
	}
}

func TestCancelledBefore(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m, err := matrix.Judge(ctx, family, slices.Values(realSources(t)), nil)
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, m.Rows)
}

// TestBreak is about the caller who has seen enough. It looks for goroutines of
// the whole process, so it is not parallel.
func TestBreak(t *testing.T) {
	before := runtime.NumGoroutine()
	var pulled, loaded atomic.Int32
	r := tiny(t)
	sources := many(1000, func(string) (*history.Recording, error) {
		loaded.Add(1)
		return r, nil
	})
	for range 20 {
		rows := 0
		counting := func(yield func(history.Source) bool) {
			for s := range sources {
				pulled.Add(1)
				if !yield(s) {
					return
				}
			}
		}
		for range matrix.Rows(t.Context(), family, counting, &matrix.Options{Workers: 4}) {
			if rows++; rows == 3 {
				break
			}
		}
	}
	require.LessOrEqual(t, int(pulled.Load()), 20*(3+4+3), "the iterator is not run to its end")
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		require.True(t, time.Now().Before(deadline), "goroutines were left behind")
	}
}

// TestTwice ranges over the same rows twice: a sequence holds no state.
func TestTwice(t *testing.T) {
	t.Parallel()
	rows := matrix.Rows(t.Context(), family, slices.Values(realSources(t)[:3]), nil)
	for range 2 {
		require.Len(t, slices.Collect(rows), 3)
	}
}
