package matrix_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// memory is a cache without a disk, in which rows can lose cells.
type memory struct {
	sync.Mutex
	rows      map[matrix.CacheKey]matrix.Row
	hits, put []string
}

func newMemory() *memory { return &memory{rows: map[matrix.CacheKey]matrix.Row{}} }

func (m *memory) Get(key matrix.CacheKey) (matrix.Row, bool) {
	m.Lock()
	defer m.Unlock()
	row, ok := m.rows[key]
	if ok {
		m.hits = append(m.hits, row.Recording)
	}
	row.Cells = slices.Clone(row.Cells)
	return row, ok
}

func (m *memory) Put(key matrix.CacheKey, row matrix.Row) {
	m.Lock()
	defer m.Unlock()
	m.put = append(m.put, row.Recording)
	m.rows[key] = row
}

// unreplayable is the family with stages whose cells come out as Unjudged if they are
// replayed.
func unreplayable(t *testing.T, but ...string) *versioning.Family {
	f := *family
	f.Stages = slices.Clone(f.Stages)
	for i, s := range f.Stages {
		if !slices.Contains(but, s.Name) {
			f.Stages[i].RegisterActivities = nil
			f.Stages[i].Register = nil // a replay gives Unjudged
		}
	}
	return &f
}

func TestCachedRowsAreNotReplayed(t *testing.T) {
	t.Parallel()
	sources, cache := realSources(t), newMemory()
	cold, err := matrix.Judge(t.Context(), family, slices.Values(sources), &matrix.Options{Cache: cache})
	require.NoError(t, err)
	require.Empty(t, cache.hits)
	require.Len(t, cache.put, len(sources))

	done := 0
	warm, err := matrix.Judge(t.Context(), unreplayable(t), slices.Values(sources),
		&matrix.Options{Cache: cache, Progress: func(n int) { done = n }})
	require.NoError(t, err)
	require.Len(t, cache.hits, len(sources))
	require.Len(t, cache.put, len(sources), "what is there is not put again")
	require.Equal(t, len(sources), done, "a row of the cache counts as the others")
	if diff := cmp.Diff(cold.Rows, warm.Rows, errorText); diff != "" {
		t.Errorf("(-cold +warm):\n%s", diff)
	}

	plain, err := matrix.Judge(t.Context(), family, slices.Values(sources), nil)
	require.NoError(t, err)
	if diff := cmp.Diff(plain.Rows, warm.Rows, errorText); diff != "" {
		t.Errorf("(-without +warm):\n%s", diff)
	}
}

// TestCellsThatAreNotKeptAreJudged gives the matrix rows that lack a cell each.
func TestCellsThatAreNotKeptAreJudged(t *testing.T) {
	t.Parallel()
	sources, cache := realSources(t), newMemory()
	// A rehearsal asks the stage that ran the execution too, which is not missing.
	opts := &matrix.Options{Cache: cache, Rehearse: rehearse.None}
	cold, err := matrix.Judge(t.Context(), family, slices.Values(sources), opts)
	require.NoError(t, err)
	missing := family.Stages[1].Name
	for key, row := range cache.rows {
		row.Cells = slices.DeleteFunc(slices.Clone(row.Cells), func(c matrix.Cell) bool { return c.Stage == missing })
		cache.rows[key] = row
	}
	warm, err := matrix.Judge(t.Context(), unreplayable(t, missing), slices.Values(sources), opts)
	require.NoError(t, err)
	if diff := cmp.Diff(cold.Rows, warm.Rows, errorText); diff != "" {
		t.Errorf("(-cold +warm):\n%s", diff)
	}
}

// TestChangedFileIsJudged changes a recording between two runs, and during one: the
// row is always that of the bytes that were read.
func TestChangedFileIsJudged(t *testing.T) {
	t.Parallel()
	dir, cache := t.TempDir(), newMemory()
	file := filepath.Join(dir, "initial.completed.json")
	write := func(events int) {
		r, err := history.ReadFile(os.DirFS("../../histories/patching"), "initial.completed.json")
		require.NoError(t, err)
		r.History.Events = r.History.Events[:events]
		require.NoError(t, history.WriteFile(file, r))
	}
	judge := func(between func()) matrix.Row {
		sources, err := history.Dir(os.DirFS(dir), ".")
		require.NoError(t, err)
		read := sources[0].Read
		sources[0].Read = func() ([]byte, error) {
			data, err := read()
			between()
			return data, err
		}
		m, err := matrix.Judge(t.Context(), family, slices.Values(sources), &matrix.Options{Cache: cache})
		require.NoError(t, err)
		return m.Rows[0]
	}
	write(11)
	require.Equal(t, 11, judge(func() {}).Events)
	write(4)
	require.Equal(t, 4, judge(func() { write(3) }).Events, "not what the file holds once it was read")
	require.Equal(t, 3, judge(func() {}).Events, "the key is not that of the bytes before")
	write(4)
	require.Equal(t, 4, judge(func() {}).Events)
	require.Len(t, cache.put, 3)
	require.Len(t, cache.hits, 1)
}

// TestCacheIsLeftAlone lists what keeps a row out of the cache.
func TestCacheIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		edit func(*matrix.Options, *history.Source)
		why  string
	}{
		{"explain", func(o *matrix.Options, _ *history.Source) { o.Explain = true }, "a stored row has no explanation"},
		{"logger", func(o *matrix.Options, _ *history.Source) {
			o.Logger = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))
		}, "who asks for the SDK's log wants replays"},
		{"only", func(o *matrix.Options, _ *history.Source) {
			o.Only = func(_, stage string) bool { return stage == family.Stages[0].Name }
		}, "half a row would replace a whole one"},
		{"no bytes", func(_ *matrix.Options, s *history.Source) { s.Read = nil }, "nothing to make a key of"},
		{"unreadable", func(_ *matrix.Options, s *history.Source) {
			s.Read = func() ([]byte, error) { return nil, errors.New("disk on fire") }
		}, "the next run tries again"},
		{"no recording", func(_ *matrix.Options, s *history.Source) {
			s.Read = func() ([]byte, error) { return []byte("GIF89a"), nil }
		}, "no verdict, no row"},
	} {
		require.NotEmpty(t, tt.why)
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cache := newMemory()
			opts, source := matrix.Options{Cache: cache}, realSources(t)[0]
			tt.edit(&opts, &source)
			for range 2 {
				m, err := matrix.Judge(t.Context(), family, slices.Values([]history.Source{source}), &opts)
				require.NoError(t, err)
				require.Len(t, m.Rows, 1)
			}
			require.Empty(t, cache.put, tt.why)
			require.Empty(t, cache.hits, tt.why)
		})
	}
}

// TestCancelledRowsAreNotKept cancels while a recording is judged: half of a
// judgement is none, and what was complete before is kept.
func TestCancelledRowsAreNotKept(t *testing.T) {
	t.Parallel()
	sources, cache := realSources(t), newMemory()
	ctx, cancel := context.WithCancel(t.Context())
	f := *family
	f.Stages = slices.Clone(f.Stages)
	register := f.Stages[2].Register
	replays := 0
	f.Stages[2].Register = func(r worker.WorkflowRegistry) {
		if replays++; replays == 40 {
			cancel()
		}
		register(r)
	}
	_, err := matrix.Judge(ctx, &f, slices.Values(sources), &matrix.Options{Cache: cache, Workers: 1})
	require.ErrorIs(t, err, context.Canceled)
	require.NotEmpty(t, cache.rows)
	require.Less(t, len(cache.rows), len(sources))
	for _, row := range cache.rows {
		require.Len(t, row.Cells, len(f.Stages))
		for _, c := range row.Cells {
			require.NotContains(t, []replay.Verdict{"", replay.Unjudged}, c.Verdict, c)
		}
	}
}

// TestKeyOf compares keys of what looks alike.
func TestKeyOf(t *testing.T) {
	t.Parallel()
	base := history.Source{Family: "f", Name: "a.b", Path: "a.b.json"}
	seen := map[matrix.CacheKey]string{}
	for _, tt := range []struct {
		source history.Source
		data   string
		why    string
	}{
		{base, "x", "the base"},
		{base, "y", "other bytes"},
		{base, "", "none"},
		{history.Source{Family: "f", Name: "a.c", Path: "a.b.json"}, "x", "the name says the lineage"},
		{history.Source{Family: "g", Name: "a.b", Path: "a.b.json"}, "x", "another family"},
		{history.Source{Family: "f", Name: "a.b", Path: "a.b.pb"}, "x", "the path says how it is read"},
		{history.Source{Family: "fa", Name: ".b", Path: "a.b.json"}, "x", "the same letters in a row"},
		{history.Source{Family: "f", Name: "a.b", Path: "a.b.jsonx"}, "", "bytes are no part of the path"},
	} {
		key := matrix.KeyOf(tt.source, []byte(tt.data))
		require.Empty(t, seen[key], tt.why)
		seen[key] = tt.why
		require.Equal(t, key, matrix.KeyOf(tt.source, []byte(tt.data)))
	}
}
