package docs_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite what the pages and README.md quote")

// keepTrue holds the blocks of a page against what they are to say; -update writes them.
// The groups of the expression are how a block begins, its name, which may be empty, what
// it says, and how it ends.
func keepTrue(t *testing.T, file string, block *regexp.Regexp, blocks int, want func(name string) string) {
	t.Helper()
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Len(t, block.FindAll(page, -1), blocks, "the blocks of %s", file)
	kept := block.ReplaceAllFunc(page, func(m []byte) []byte {
		parts := block.FindSubmatch(m)
		return slices.Concat(parts[1], []byte(want(string(parts[2]))), parts[4])
	})
	if *update {
		require.NoError(t, os.WriteFile(file, kept, 0o644))
		return
	}
	if diff := cmp.Diff(strings.Split(string(kept), "\n"), strings.Split(string(page), "\n")); diff != "" {
		t.Errorf("%s says something else than is so; go test ./docs -update writes it (-want +got):\n%s", file, diff)
	}
}
