package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// aboutTheCode are the pages that lead through the source of this repository.
var aboutTheCode = []string{"../CONTRIBUTING.md", "architecture.md"}

// sourcePath is a file of this repository in a page, besides those with a NAME to fill in.
var sourcePath = regexp.MustCompile("`((?:versioning|internal|docs|acceptance|testdata)/[a-z0-9_/.-]+\\.[a-z]+)`")

// nameWithPath is a function or a variable with the file that has it, as "`judge.row` in
// `versioning/matrix/rows.go`" and as "`fault`, `versioning/advice/fault.go`".
var nameWithPath = regexp.MustCompile("`(?:[A-Za-z]+\\.)*([A-Za-z]+)`(?: in|,| of) `([a-z0-9_/]+\\.go)`")

// TestPathsExist reads the pages that a newcomer follows with an editor: a name or a file that
// was moved leads nowhere.
func TestPathsExist(t *testing.T) {
	t.Parallel()
	for _, page := range aboutTheCode {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		t.Run(strings.TrimSuffix(filepath.Base(page), ".md"), func(t *testing.T) {
			t.Parallel()
			for _, found := range sourcePath.FindAllStringSubmatch(string(text), -1) {
				if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(found[1]))); err != nil {
					t.Errorf("%s: no file %s", page, found[1])
				}
			}
			names := nameWithPath.FindAllStringSubmatch(string(text), -1)
			require.NotEmpty(t, names, "the pattern finds no name with its file any more")
			for _, found := range names {
				name, path := found[1], found[2]
				source, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(path)))
				if err != nil {
					continue // told above
				}
				declared := regexp.MustCompile(`(?m)^(?:func (?:\([^)]*\) )?|var |const |type |\t)` + name + `\b`)
				if !declared.Match(source) {
					t.Errorf("%s: %s does not declare %s", page, path, name)
				}
			}
		})
	}
}
