package matrix_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestBombs holds that compressed files of which each alone takes more than there is are refused before they are
// decompressed. It is not parallel: it measures what is allocated.
func TestBombs(t *testing.T) {
	var bomb bytes.Buffer
	zw := gzip.NewWriter(&bomb)
	_, err := zw.Write([]byte(`{"events":[`))
	require.NoError(t, err)
	_, err = zw.Write(make([]byte, 255<<20))
	require.NoError(t, err)
	require.NoError(t, zw.Close())
	files := fstest.MapFS{}
	for i := range 12 {
		files[fmt.Sprintf("loop/%d.json.gz", i)] = &fstest.MapFile{Data: bomb.Bytes()}
	}
	sources, err := history.Dir(files, "loop")
	require.NoError(t, err)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m, err := matrix.Judge(t.Context(), bench.Loop(1), slices.Values(sources), &matrix.Options{Memory: 64 << 20})
	require.NoError(t, err)
	runtime.ReadMemStats(&after)
	require.Len(t, m.Rows, 12)
	for _, row := range m.Rows {
		var format *history.FormatError
		require.ErrorAs(t, row.Err, &format)
		require.Equal(t, history.KindTooLarge, format.Kind)

		require.Equal(t, replay.Unjudged, row.Cells[0].Verdict)
	}
	require.Contains(t, m.Rows[0].Err.Error(), "loop/0.json.gz: reading it can take 766 MB of memory, more than the 64 MB that all files may "+
		"take together; raise that with --memory if the machine has more")
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20), "all of them together")
}

// TestMemory holds that recordings wait for memory, that all are judged, and that those that wait end with the context.
func TestMemory(t *testing.T) {
	t.Parallel()
	recording := loop.Recording(1)
	var loaded, most atomic.Int64
	source := func(i int, weight int64) history.Source {
		return history.Source{Name: fmt.Sprint(i), Weigh: func() (int64, error) { return weight, nil },
			Load: func() (*history.Recording, error) {
				now := loaded.Add(1)
				defer loaded.Add(-1)
				for was := most.Load(); now > was && !most.CompareAndSwap(was, now); was = most.Load() {
				}
				time.Sleep(time.Millisecond)
				return recording, nil
			}}
	}
	var sources []history.Source
	for i := range 40 {
		sources = append(sources, source(i, 10))
	}
	m, err := matrix.Judge(t.Context(), bench.Loop(1), slices.Values(sources), &matrix.Options{Memory: 25, Workers: 16})
	require.NoError(t, err)
	require.Len(t, m.Rows, 40)
	for _, row := range m.Rows {
		require.NoError(t, row.Err)
		require.Equal(t, replay.Safe, row.Cells[0].Verdict)
	}
	require.LessOrEqual(t, most.Load(), int64(2), "of 10 bytes each, with 25")

	ctx, stop := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped")
	first := source(0, 25)
	load := first.Load
	first.Load = func() (*history.Recording, error) {
		stop(stopped) // while all others wait
		return load()
	}
	_, err = matrix.Judge(ctx, bench.Loop(1), slices.Values(append([]history.Source{first}, sources...)), &matrix.Options{Memory: 25, Workers: 16})
	require.ErrorIs(t, err, stopped)
}

// TestWeighFails holds that what a source of the caller's does while it is weighed costs its own row.
func TestWeighFails(t *testing.T) {
	t.Parallel()
	recording := loop.Recording(1)
	load := func() (*history.Recording, error) { return recording, nil }
	sources := []history.Source{
		{Name: "fails", Load: load, Weigh: func() (int64, error) { return 0, errors.New("no scales") }},
		{Name: "panics", Load: load, Weigh: func() (int64, error) { panic("no scales") }},
		{Name: "weighs", Load: load, Weigh: func() (int64, error) { return 1, nil }},
	}
	m, err := matrix.Judge(t.Context(), bench.Loop(1), slices.Values(sources), nil)
	require.NoError(t, err)
	require.EqualError(t, m.Rows[0].Err, "no scales")
	require.ErrorContains(t, m.Rows[1].Err, "weighing panics: panic: no scales at matrix/memory_test.go")
	require.Equal(t, replay.Safe, m.Rows[2].Cells[0].Verdict)
}
