package house_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var (
	packageRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .* \\| (.*) \\|$")
	quotedName = regexp.MustCompile("`([^`]+)`")
)

// TestArchitectureTable holds the table of docs/architecture.md against the import
// rules: it is what people read before they add an import.
func TestArchitectureTable(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(root + "/docs/architecture.md")
	require.NoError(t, err)
	documented := map[string][]string{}
	for _, row := range packageRow.FindAllStringSubmatch(string(page), -1) {
		names := []string{}
		for _, name := range quotedName.FindAllStringSubmatch(row[2], -1) {
			names = append(names, name[1])
		}
		documented[row[1]] = slices.Sorted(slices.Values(names))
	}
	for _, module := range []string{"versioning/devserver", "acceptance", "testdata/consumer"} {
		require.FileExists(t, root+"/"+module+"/go.mod")
		require.Contains(t, documented, module)
		delete(documented, module) // it has rules of its own
	}

	ruled := map[string][]string{}
	for _, rule := range importRules[1:] { // the first is the landing page
		names := []string{}
		for _, folder := range rule.ours {
			names = append(names, shortName(folder))
		}
		ruled[rule.folder] = slices.Sorted(slices.Values(names))
	}
	if diff := cmp.Diff(ruled, documented); diff != "" {
		t.Errorf("the table of docs/architecture.md differs from importRules (-rules +page):\n%s", diff)
	}
}

// shortName is how the table names a package in its last column.
func shortName(folder string) string {
	return strings.TrimPrefix(strings.TrimPrefix(folder, "versioning/"), "internal/")
}
