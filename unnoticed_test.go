package replaymatrix_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestUnnoticed keeps the tables in docs/unnoticed.md what the goldens and live
// Workers say; -update writes them.
func TestUnnoticed(t *testing.T) {
	t.Parallel()
	const file = "docs/unnoticed.md"
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	block := regexp.MustCompile(`(?s)(<!-- the table of (\S+), kept true by TestUnnoticed -->\n)(.*?)(<!-- end of the table -->\n)`)
	tables := map[string]string{}
	for _, f := range unnoticed.Families {
		tables[f.Name] = unnoticedTable(t, f)
	}
	for _, parts := range block.FindAllSubmatch(page, -1) {
		name := string(parts[2])
		require.Contains(t, tables, name, "%s has a table of a family that is not there, or two of one", file)
		if diff := cmp.Diff(tables[name], string(parts[3])); diff != "" && !*update {
			t.Errorf("the table of %s in %s is not what was recorded; go test . -update writes it (-want +got):\n%s", name, file, diff)
		}
	}
	if *update {
		page = block.ReplaceAllFunc(page, func(m []byte) []byte {
			parts := block.FindSubmatch(m)
			return slices.Concat(parts[1], []byte(tables[string(parts[2])]), parts[4])
		})
		require.NoError(t, os.WriteFile(file, page, 0o644))
	}
	require.Len(t, block.FindAll(page, -1), len(tables), "a table for each family")
}

// unnoticedTable has a row for each observed change, with the verdict beside what a
// live Worker did.
func unnoticedTable(t *testing.T, f *versioning.Family) string {
	t.Helper()
	c := readCatalogue(t, f)
	var b strings.Builder
	fmt.Fprintf(&b, "\n`%s`. The base: %s\n\n", f.Name, uncapitalize(f.Stages[0].Doc))
	for _, sc := range f.Scenarios {
		if sc.Live {
			fmt.Fprintf(&b, "- `%s`: %s\n", sc.Name, uncapitalize(sc.Doc))
		}
	}
	b.WriteString("\n| execution | change | what the code does now | replay | next task, nothing in it | next task, to close it |\n|---|---|---|---|---|---|\n")
	for _, sc := range f.Scenarios {
		unchanged := way{"unchanged", f.Stages[0].Name, f.Stages[0].Name}
		if other, ok := c.observed(sc, unchanged, history.OtherTask); ok {
			closing, _ := c.observed(sc, unchanged, history.ClosingTask)
			fmt.Fprintf(&b, "| `%s` | – | (unchanged) | %s | %s | %s |\n", sc.Name, c.replayOf(sc, unchanged).Info().Symbol, other, closing)
		}
	}
	for _, change := range f.Stages[1:] {
		for _, sc := range f.Scenarios {
			for _, way := range c.ways(change.Name) {
				other, ok := c.observed(sc, way, history.OtherTask)
				if !ok {
					continue
				}
				closing, _ := c.observed(sc, way, history.ClosingTask)
				execution, does := "`"+sc.Name+"`", change.Doc
				if way.to == f.Stages[0].Name {
					execution, does = execution+" of the change", "(rolled back)"
				}
				fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s | %s |\n", execution, change.Name, does,
					c.replayOf(sc, way).Info().Symbol, other, closing)
			}
		}
	}
	b.WriteString("\n")
	return b.String()
}

func (c recordedCatalogue) observed(sc versioning.Scenario, w way, task history.Task) (history.Observation, bool) {
	i := slices.IndexFunc(c.observations, func(o history.Observation) bool {
		return o.Scenario == sc.Name && o.From == w.from && o.To == w.to && o.Task == task
	})
	if i < 0 {
		return history.Observation{}, false
	}
	return c.observations[i], true
}
