package cache

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var sameText = cmp.Comparer(func(a, b error) bool {
	return (a == nil) == (b == nil) &&
		(a == nil || a.Error() == b.Error())
})

// unreplayable is patching without its code: a replay gives Unjudged.
func unreplayable() *versioning.Family {
	f := *patching.Family
	f.Stages = slices.Clone(f.Stages)
	for i := range f.Stages {
		f.Stages[i].Register, f.Stages[i].RegisterActivities = nil, nil
	}
	return &f
}

func judge(t *testing.T, s *Store, f *versioning.Family) []matrix.Row {
	t.Helper()
	rows := s.Rows(Inputs{Family: f})
	sources, err := history.Dir(os.DirFS("../../histories/patching"), ".")
	require.NoError(t, err)
	m, err := matrix.Judge(t.Context(), f, slices.Values(sources), &matrix.Options{Cache: rows})
	require.NoError(t, err)
	rows.Close() // its error is a test of its own
	return m.Rows
}

func onlyFile(t *testing.T, s *Store) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "*"+extension))
	require.NoError(t, err)
	require.Len(t, files, 1)
	return files[0]
}

func TestRows(t *testing.T) {
	t.Parallel()
	store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
	cold := judge(t, store, patching.Family)
	file := onlyFile(t, store)
	written, err := os.ReadFile(file)
	require.NoError(t, err)

	warm := judge(t, store, unreplayable())
	if diff := cmp.Diff(cold, warm, sameText); diff != "" {
		t.Errorf("(-cold +warm):\n%s", diff)
	}
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, written, after, "nothing new, nothing written")

	bad := bytes.Clone(written)
	bad[len(bad)/2] ^= 4
	for _, damaged := range [][]byte{bad, written[:100], {}, []byte("not ours")} {
		require.NoError(t, os.WriteFile(file, damaged, 0o600))
		if diff := cmp.Diff(cold, judge(t, store, patching.Family), sameText); diff != "" {
			t.Errorf("(-cold +with a damaged file):\n%s", diff)
		}
		require.NotEmpty(t, readPack(file), "the damaged file is replaced by a good one")
		if diff := cmp.Diff(cold, judge(t, store, unreplayable()), sameText); diff != "" {
			t.Errorf("(-cold +warm again):\n%s", diff)
		}
	}
}

func TestUseIsMarked(t *testing.T) {
	t.Parallel()
	store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
	judge(t, store, patching.Family)
	file := onlyFile(t, store)
	long := time.Now().Add(-10 * 24 * time.Hour)
	require.NoError(t, os.Chtimes(file, long, long))
	rows := store.Rows(Inputs{Family: patching.Family})
	require.NoError(t, rows.Close())
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.WithinDuration(t, long, info.ModTime(), time.Minute, "nobody asked for a row")
	judge(t, store, patching.Family)
	info, err = os.Stat(file)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), info.ModTime(), time.Hour, "a file that is used is not trimmed")
}

// TestNoFolder has a file where the folder should be: as a folder that cannot be
// written to, it costs time and no verdict.
func TestNoFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	store := &Store{folder: filepath.Join(file, "verdicts")}
	rows := judge(t, store, patching.Family)
	require.Equal(t, replay.Safe, rows[0].Cells[0].Verdict)
	require.Error(t, store.Trim())

	r := store.Rows(Inputs{Family: patching.Family})
	r.Put(matrix.CacheKey{1}, rows[0])
	require.Error(t, r.Close())
	var none *Rows
	require.NoError(t, none.Close())
}

func TestLasting(t *testing.T) {
	t.Parallel()
	cell := func(stage string, r replay.Result) matrix.Cell { return matrix.Cell{Stage: stage, Result: r} }
	parked := func(v ...replay.Verdict) (p replay.Park) {
		for i, v := range v {
			p.Points = append(p.Points, replay.ParkPoint{Task: int64(i), Verdict: v})
		}
		return p
	}
	row := matrix.Row{Cells: []matrix.Cell{
		cell("safe", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Answers: []replay.Answer{{Query: "q", Value: "1"}}}}),
		cell("panic", replay.Result{Verdict: replay.Panic}),
		cell("unjudged", replay.Result{Verdict: replay.Unjudged}),
		cell("cancelled", replay.Result{}),
		cell("newer", replay.Result{Verdict: "some-later-verdict"}),
		cell("moved to a panic", replay.Result{Verdict: replay.NotApplicable, Moved: replay.Panic}),
		cell("moved", replay.Result{Verdict: replay.NotApplicable, Moved: replay.Nondeterministic}),
		cell("parked at a panic",
			replay.Result{Verdict: replay.Nondeterministic,
				Evidence: replay.Evidence{Park: parked(replay.Safe, replay.Panic)}}),
		cell("parked", replay.Result{Verdict: replay.Nondeterministic,
			Evidence: replay.Evidence{Park: parked(replay.Safe, replay.Drift)}}),
		cell("late answer", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Answers: []replay.Answer{{Query: "q", Err: "no answer within 1s"}}}}),
	}}
	before := slices.Clone(row.Cells)
	kept, ok := lasting(row)
	require.True(t, ok)
	var stages []string
	for _, c := range kept.Cells {
		stages = append(stages, c.Stage)
	}
	require.Equal(t, []string{"safe", "moved", "parked"}, stages)
	require.Equal(t, before, row.Cells, "the row that is printed has all of them")

	_, ok = lasting(matrix.Row{Cells: row.Cells[1:2]})
	require.False(t, ok)
	_, ok = lasting(matrix.Row{Cells: row.Cells[:1], Err: errors.New("disk on fire")})
	require.False(t, ok)

	// Of the catalogue, what is left out is left out on purpose.
	for _, info := range replay.Verdicts() {
		want := info.Verdict != replay.Panic && info.Verdict != replay.Unjudged
		require.Equal(t, want, isLasting(replay.Result{Verdict: info.Verdict}), "%s", info.Verdict)
	}
}

// TestWhatDoesNotSurviveIsNotKept has an answer that JSON changes.
func TestWhatDoesNotSurviveIsNotKept(t *testing.T) {
	t.Parallel()
	store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
	rows := store.Rows(Inputs{Family: patching.Family})
	for i, detail := range []string{"plain", "not \xff UTF-8", "\ufffd is UTF-8", "<&>\u2028"} {
		rows.Put(matrix.CacheKey{byte(i)},
			matrix.Row{Cells: []matrix.Cell{{Result: replay.Result{Verdict: replay.Drift,
				Cause: cause.Cause{Kind: cause.Kind(detail)}}}}})
	}
	require.NoError(t, rows.Close())
	again := store.Rows(Inputs{Family: patching.Family})
	for i, want := range []string{"plain", "", "\ufffd is UTF-8", "<&>\u2028"} {
		row, ok := again.Get(matrix.CacheKey{byte(i)})
		require.Equal(t, want != "", ok, i)
		if ok {
			require.Equal(t, want, string(row.Cells[0].Cause.Kind))
		}
	}
}

// TestManyAtOnce writes one file from many processes, as far as goroutines with
// files of their own are such.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
	cell := matrix.Cell{Stage: "initial", Result: replay.Result{Verdict: replay.Safe}}
	var all sync.WaitGroup
	for i := range byte(16) {
		all.Go(func() {
			for n := range byte(20) {
				rows := store.Rows(Inputs{Family: patching.Family})
				if row, ok := rows.Get(matrix.CacheKey{i, n}); ok && row.Recording != fmt.Sprint(i, n) {
					t.Errorf("%d %d: got %s", i, n, row.Recording)
				}
				rows.Put(matrix.CacheKey{i, n}, matrix.Row{Recording: fmt.Sprint(i, n), Cells: []matrix.Cell{cell}})
				if err := rows.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	require.NotEmpty(t, readPack(onlyFile(t, store)))
	left, err := os.ReadDir(store.folder)
	require.NoError(t, err)
	require.Len(t, left, 2, "the file and the tag")
}

// TestWhoGoesFirst fills a file until it is full.
func TestWhoGoesFirst(t *testing.T) {
	t.Parallel()
	store := &Store{folder: t.TempDir()}
	row := func(name string) matrix.Row {
		return matrix.Row{Recording: name, Cells: []matrix.Cell{{Result: replay.Result{Verdict: replay.Safe}}}}
	}
	run := func(puts, gets string) []string {
		rows := store.Rows(Inputs{Family: patching.Family})
		for _, k := range []byte(gets) {
			rows.Get(matrix.CacheKey{k})
		}
		for _, k := range []byte(puts) {
			rows.Put(matrix.CacheKey{k}, row(string(k)))
		}
		var order []string
		for _, e := range rows.entries() {
			order = append(order, string(e.key[:1]))
		}
		require.NoError(t, rows.Close())
		return order
	}
	require.Equal(t, []string{"a", "b", "c"}, run("abc", ""))
	require.Equal(t, []string{"d", "b", "a", "c"}, run("d", "b"), "new, used, and then the rest")
	require.Equal(t, []string{"e", "d", "b", "a", "c"}, run("e", ""))
}
