package docs_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestUnnoticed keeps the tables in docs/unnoticed.md what the goldens and live
// Workers say; -update writes them.
func TestUnnoticed(t *testing.T) {
	t.Parallel()
	families := map[string]*versioning.Family{}
	for _, f := range unnoticed.Families {
		families[f.Name] = f
	}
	block := regexp.MustCompile(
		`(?s)(<!-- the table of (\S+), kept true by TestUnnoticed -->\n)(.*?)(<!-- end of the table -->\n)`)
	keepTrue(t, "unnoticed.md", block, len(families), func(name string) string {
		f := families[name]
		require.NotNil(t, f, "docs/unnoticed.md has a table of %s, which is not there, or two", name)
		delete(families, name)
		return unnoticedTable(t, f)
	})
}

// unnoticedTable has a row for each observed change, with the verdict beside what a
// live Worker did.
func unnoticedTable(t *testing.T, f *versioning.Family) string {
	t.Helper()
	c := readCatalogue(t, f)
	var b strings.Builder
	fmt.Fprintf(&b, "\n`%s`. The base: %s\n\n", f.Name, uncapitalize(f.Stages[0].Doc))
	for _, sc := range f.Scenarios {
		if sc.IsObserved() {
			fmt.Fprintf(&b, "- `%s`: %s\n", sc.Name, uncapitalize(sc.Doc))
		}
	}
	b.WriteString("\n| execution | change | what the code does now | replay " +
		"| next task, nothing in it | next task, to close it |\n|---|---|---|---|---|---|\n")
	for _, sc := range f.Scenarios {
		unchanged := way{"unchanged", f.Stages[0].Name, f.Stages[0].Name}
		if other, ok := c.observed(sc, unchanged, history.OtherTask); ok {
			closing, _ := c.observed(sc, unchanged, history.ClosingTask)
			fmt.Fprintf(&b, "| `%s` | – | (unchanged) | %s | %s | %s |\n", sc.Name,
				c.replayOf(sc, unchanged).Info().Symbol, other, closing)
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
