package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSecurity holds that security.md names every fuzz target, and no test that is not there.
func TestSecurity(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("security.md")
	require.NoError(t, err)
	tests := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	require.NoError(t, filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		for _, match := range declared.FindAllSubmatch(code, -1) {
			tests[string(match[1])] = true
		}
		return err
	}))
	named := map[string]bool{}
	for _, name := range regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllSubmatch(page, -1) {
		named[string(name[1])] = true
		require.True(t, tests[string(name[1])], "%s is nowhere", name[1])
	}
	for test := range tests {
		if strings.HasPrefix(test, "Fuzz") {
			require.True(t, named[test], "security.md says nothing of %s", test)
		}
	}
}
