package workflows_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// perKind is how many explanations of one kind are kept, none alike another.
const perKind = 5

// unshown are the kinds that no recording of this repository can have, with why.
var unshown = map[cause.Kind]string{
	cause.NotCalled:        "the engine finds no call of a command, which no version of the SDK sends today",
	cause.EventUnexplained: "the same, of an event",
	cause.EventUnfit:       "the same, of an event that fits no call",
	cause.FlagUnknown:      "a history of an SDK to come",
	cause.Unclassified:     "an error of an SDK to come",
	cause.NotBegun:         "it is no fault of the code, and nothing explains it",
}

// TestExplanations holds what the command explain prints of cells of each kind of cause, as a person
// reads it; -update writes the files. Each has been read.
func TestExplanations(t *testing.T) {
	t.Parallel()
	byKind, of := map[cause.Kind][]matrix.Cell{}, map[string]*matrix.Matrix{}
	for _, c := range corpora.All() {
		m := explained(t, c)
		of[c.Family.Name] = m
		for cell := range m.Cells() {
			if cell.Verdict.Incompatible() {
				byKind[cell.Cause.Kind] = append(byKind[cell.Cause.Kind], cell)
			}
		}
	}
	for _, info := range cause.Kinds() {
		kind := string(info.Kind)
		if unshown[info.Kind] != "" {
			require.Empty(t, byKind[info.Kind], "%s is said to be shown by nothing", kind)
			continue
		}
		chosen := unalike(byKind[info.Kind], perKind)
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			require.Len(t, chosen, perKind, "%s has fewer cells that are not alike: %v", kind, chosen)
			var got bytes.Buffer
			for _, cell := range chosen {
				cell = masked(cell)
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
}

// differing stands for a value that is another one in each replay.
const differing = "<differs each time>"

// masked is the cell without the two values that two replays of code that is not deterministic gave. All
// else that is shown of such code is the same each time.
func masked(cell matrix.Cell) matrix.Cell {
	if cell.Explanation == nil || cell.Explanation.Apart == nil || cell.Explanation.Apart.Values[0] == "" {
		return cell
	}
	x, apart := *cell.Explanation, *cell.Explanation.Apart
	values := apart.Values
	apart.Values = [2]string{differing, differing}
	x.Apart, x.Tasks = &apart, slices.Clone(x.Tasks)
	for i := range x.Tasks {
		x.Tasks[i].Rows = slices.Clone(x.Tasks[i].Rows)
		for j := range x.Tasks[i].Rows {
			differences := slices.Clone(x.Tasks[i].Rows[j].Differences)
			for k, d := range differences {
				if d.Now == values[0] || d.Now == strconv.Quote(values[0]) {
					differences[k].Now = differing
				}
			}
			x.Tasks[i].Rows[j].Differences = differences
		}
	}
	cell.Explanation = &x
	return cell
}

// unalike chooses cells that have as little in common as can be: first of other families, then of other
// stages, then of other causes or lines. Cells that have all of these in common are alike.
// The same cells give the same choice.
func unalike(cells []matrix.Cell, n int) (chosen []matrix.Cell) {
	for _, key := range []func(matrix.Cell) string{
		func(c matrix.Cell) string { return c.Family },
		func(c matrix.Cell) string { return c.Family + "@" + c.Stage },
		func(c matrix.Cell) string {
			return fmt.Sprint(c.Family, c.Stage, c.Cause, c.Place.Source, c.Place.Callers)
		},
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
