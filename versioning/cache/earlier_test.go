package cache

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestEarlierVersion finds rows in which an earlier version was wrong: it said safe of
// everything. Nothing of them is believed.
func TestEarlierVersion(t *testing.T) {
	t.Parallel()
	right := judge(t, &Store{folder: filepath.Join(t.TempDir(), "verdicts")}, patching.Family)
	for _, tt := range []struct {
		name   string
		edit   func(*Store)
		format string
		there  bool
		why    string
	}{
		{"this version", func(*Store) {}, format, true,
			"what it has judged itself it believes, so the others are told from that"},
		{"another program", func(s *Store) { s.program = digest{1} }, format, false, "its engine is another one"},
		{"an earlier format", func(*Store) {}, "replaymatrix rows 2", false,
			"it means something else by the same bytes"},
		{"no format", func(*Store) {}, "", false, "nobody knows what it means"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
			earlier := *store
			tt.edit(&earlier)
			judge(t, &earlier, patching.Family)
			lie(t, onlyFile(t, store), tt.format)

			got := judge(t, store, patching.Family)
			diff := cmp.Diff(right, got, sameText)
			require.Equal(t, tt.there, diff != "", "%s: %s", tt.why, diff)
		})
	}
}

// lie makes all cells of the file safe, and a file of the format of it.
func lie(t *testing.T, file, format string) {
	t.Helper()
	var entries []entry
	for _, e := range readPack(file) {
		row, err := matrix.DecodeRow(e.row)
		require.NoError(t, err)
		for i := range row.Cells {
			row.Cells[i].Result = replay.Result{Verdict: replay.Safe}
		}
		e.row, err = matrix.EncodeRow(row)
		require.NoError(t, err)
		entries = append(entries, e)
	}
	require.NotEmpty(t, entries)
	packed := pack(entries, maxPack)
	body := packed[len(currentHeader) : len(packed)-sha256.Size]
	data := slices.Concat([]byte(format+"\n"), body)
	sum := sha256.Sum256(data)
	require.NoError(t, os.WriteFile(file, append(data, sum[:]...), 0o600))
}

const currentHeader = format + "\n"
