//go:build unix

package against

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestExplainWithout holds that the answer stands where a test explains nothing: one of an older library does not
// know that it was asked, and one that fails when it is run once more has judged before.
func TestExplainWithout(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, test, note, why string }{
		{"older", "exit 0", "", "as before there was anything to ask"},
		{"failing", "echo no database; exit 1", "no database", "the user can look why"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			binary := filepath.Join(folder, "order.test")
			require.NoError(t, os.WriteFile(binary, []byte("#!/bin/sh\n"+tt.test+"\n"), 0o755))
			in := &testPackage{path: "example.com/shop", dir: folder, run: ".", binary: binary,
				exchange: filepath.Join(folder, "exchange")}
			test := &tested{Test: exchange.Test{ID: "x", Name: "TestReplay", Family: "order",
				Stages: []exchange.Stage{{Name: "today"}}}, in: in}
			notes := ""
			r := &run{Options: Options{Explain: 10, Progress: func(string) {}, Note: func(text string) { notes += text }},
				there: &side{name: "main"}, here: &side{name: Here, packages: []*testPackage{in}}}
			cell := matrix.Cell{Family: "order", Recording: "4711", Stage: Here}
			cell.Verdict = replay.Nondeterministic
			c := &Comparison{Explained: map[string]exchange.Explained{}, Families: []Family{{Matrix: &matrix.Matrix{
				Family: &versioning.Family{Name: "order", Stages: []versioning.Stage{{Name: Here}}},
				Rows:   []matrix.Row{{Recording: "4711", Cells: []matrix.Cell{cell}}}}}}}
			recording := &exchange.Recording{Name: "4711", File: "4711.json"}

			err := r.explain(t.Context(), c, []*pair{{here: test, entries: []*entry{{name: "4711", here: recording}}}})
			require.NoError(t, err, tt.why)
			require.Empty(t, c.Explained, tt.why)
			require.Empty(t, c.Mending(cell).SideBySide)
			if tt.note == "" {
				require.Empty(t, notes, tt.why)
			} else {
				require.Contains(t, notes, "the answer stands", tt.why)
				require.Contains(t, notes, tt.note, tt.why)
			}
		})
	}
}
