package workflows_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

const (
	// perKind is how many explanations of one kind are kept, as far as the families have so many that
	// are not alike.
	perKind = 5
	// leastExplanations is how many there are at least.
	leastExplanations = 60
)

// TestExplanations holds what the command explain prints of cells of each kind of cause, as a person
// reads it; -update writes the files. Each has been read. Code that is not deterministic gives other
// values each time, and is left out.
func TestExplanations(t *testing.T) {
	t.Parallel()
	byKind, of := map[string][]matrix.Cell{}, map[string]*matrix.Matrix{}
	for _, c := range corpora.All() {
		m := explained(t, c)
		of[c.Family.Name] = m
		for cell := range m.Cells() {
			if cell.Verdict.Incompatible() && cell.Verdict != replay.Unstable {
				kind := string(cell.Cause.Kind)
				byKind[kind] = append(byKind[kind], cell)
			}
		}
	}
	kept := 0
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		chosen := unalike(byKind[kind], perKind)
		kept += len(chosen)
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var got bytes.Buffer
			for _, cell := range chosen {
				opts := text.ExplainOptions{Live: of[cell.Family].Observed(cell)}
				require.NoError(t, text.Explain(&got, opts, cell))
				got.WriteString("\n")
			}
			file := filepath.Join("testdata", "explanations", kind+".txt")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, got.Bytes(), 0o644))
				return
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n"))
			require.Empty(t, diff, "%s; go test ./versioning/workflows -run TestExplanations -update writes it (-want +got)",
				file)
		})
	}
	require.GreaterOrEqual(t, kept, leastExplanations)
}

// unalike chooses cells that have as little in common as can be: first of other families, then of other
// stages, then of other causes. The same cells give the same choice.
func unalike(cells []matrix.Cell, n int) (chosen []matrix.Cell) {
	for _, key := range []func(matrix.Cell) string{
		func(c matrix.Cell) string { return c.Family },
		func(c matrix.Cell) string { return c.Family + "@" + c.Stage },
		func(c matrix.Cell) string { return c.Family + "@" + c.Stage + c.Cause.String() },
		matrix.Cell.String,
	} {
		seen := map[string]bool{}
		for _, c := range chosen {
			seen[key(c)] = true
		}
		for _, c := range cells {
			if len(chosen) < n && !seen[key(c)] {
				seen[key(c)] = true
				chosen = append(chosen, c)
			}
		}
	}
	return chosen
}
