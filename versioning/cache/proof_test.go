package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

func prove(t *testing.T, s *Store) *Proof {
	t.Helper()
	rows := s.Rows(Inputs{Family: patching.Family})
	proof := rows.Prove()
	sources, err := history.Dir(os.DirFS("../../histories/patching"), ".")
	require.NoError(t, err)
	_, err = matrix.Judge(t.Context(), patching.Family, slices.Values(sources), &matrix.Options{Cache: rows})
	require.NoError(t, err)
	require.NoError(t, rows.Close())
	return proof
}

// TestProof writes wrong verdicts into the cache, each with a right hash around it.
func TestProof(t *testing.T) {
	t.Parallel()
	store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
	require.Equal(t, &Proof{keys: map[matrix.CacheKey]bool{}}, prove(t, store), "nothing is kept, nothing is proven")
	require.NoDirExists(t, store.folder, "and nothing is written")

	rows := judge(t, store, patching.Family)
	cells := 0
	for _, row := range rows {
		cells += len(row.Cells)
	}
	proof := prove(t, store)
	require.NoError(t, proof.Err())
	require.Equal(t, cells, proof.Same)

	file := onlyFile(t, store)
	entries := readPack(file)
	falsify := func(recording, old, text string) {
		for i, e := range entries {
			if bytes.Contains(e.row, []byte(`"Recording":"`+recording+`"`)) {
				entries[i].row = bytes.Replace(e.row, []byte(old), []byte(text), 1)
				require.NotEqual(t, e.row, entries[i].row)
			}
		}
	}
	falsify("patched.completed", `"Verdict":"nondeterministic"`, `"Verdict":"safe"`)
	falsify("initial.completed", `"changeId":"my-patch"`, `"changeId":"our-patch"`)
	require.NoError(t, replace(file, pack(entries, maxPack)))
	require.Equal(t, replay.Safe, judge(t, store, unreplayable())[find(rows, "patched.completed")].Cells[0].Verdict,
		"the cache is believed")

	proof = prove(t, store)
	require.Equal(t, cells-2, proof.Same)
	require.Len(t, proof.Refuted, 2)
	text := proof.Err().Error()
	require.Contains(t, text, "the cache was wrong about 2 cells:\n")
	require.Contains(t, text, "\n  patching/patched.completed@initial was safe, and is nondeterministic now\n")
	require.Contains(t, text,
		"\n  patching/initial.completed@patch-deprecated is version-removed as before, with other cause\n")

	require.Len(t, readPack(file), len(rows)-2, "what is wrong is removed, and nothing added")
	again := prove(t, store)
	require.NoError(t, again.Err())
	require.Less(t, again.Same, cells)
	require.Equal(t, replay.Nondeterministic,
		judge(t, store, patching.Family)[find(rows, "patched.completed")].Cells[0].Verdict)
	require.Equal(t, cells, prove(t, store).Same)
}

// TestLuckRefutesNothing: code that was seen to be unstable is, although it replays now; and
// what was safe by luck is refuted.
func TestLuckRefutesNothing(t *testing.T) {
	t.Parallel()
	store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
	rowOf := func(verdicts ...replay.Verdict) matrix.Row {
		row := matrix.Row{Recording: "a"}
		for i, verdict := range verdicts {
			row.Cells = append(row.Cells,
				matrix.Cell{Recording: "a", Stage: strconv.Itoa(i),
					Result: replay.Result{Verdict: verdict,
						Cause: cause.Cause{Kind: cause.Kind(strconv.Itoa(len(verdicts)))}}})
		}
		return row
	}
	rows := store.Rows(Inputs{Family: patching.Family})
	rows.Put(matrix.CacheKey{1}, rowOf(replay.Unstable, replay.Unstable, replay.Safe))
	require.NoError(t, rows.Close())

	rows = store.Rows(Inputs{Family: patching.Family})
	proof := rows.Prove()
	rows.Put(matrix.CacheKey{1}, rowOf(replay.Safe, replay.Unstable, replay.Unstable))
	require.Equal(t, 1, proof.Same)
	require.Len(t, proof.Refuted, 1)
	require.Equal(t, "/a@2 was safe, and is unstable now", proof.Refuted[0].String())
}

func find(rows []matrix.Row, recording string) int {
	return slices.IndexFunc(rows, func(r matrix.Row) bool { return r.Recording == recording })
}

func TestRefutedError(t *testing.T) {
	t.Parallel()
	cell := func(v replay.Verdict) matrix.Cell {
		return matrix.Cell{Family: "order", Recording: "a", Stage: "v2", Result: replay.Result{Verdict: v}}
	}
	one := Refuted{Was: cell(replay.Safe), Now: cell(replay.Drift)}
	require.Contains(t, (&RefutedError{Cells: []Refuted{one}}).Error(),
		"the cache was wrong about 1 cell:\n  order/a@v2 was safe, and is drift now\nthe verdicts")
	require.Contains(t, (&RefutedError{Cells: slices.Repeat([]Refuted{one}, 8)}).Error(),
		"order/a@v2 was safe, and is drift now\n  and 3 more\nthe verdicts")
}
