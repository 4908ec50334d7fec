package replaytest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/replaytest/testdata/order"
)

// Order stands for the workflow in the package of the file that the documentation
// shows.
var Order = order.Order

// TestPackageDoc holds that the file in the documentation of the package is the one
// that is compiled, and run, as an example.
func TestPackageDoc(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "replaytest.go", nil,
		parser.ParseComments|parser.PackageClauseOnly)
	require.NoError(t, err)
	example, err := os.ReadFile("example_order_test.go")
	require.NoError(t, err)
	want := strings.Replace(string(example), "package replaytest_test", "package order", 1)
	if diff := cmp.Diff(want, firstFile(file.Doc)); diff != "" {
		t.Errorf("the file in the documentation is not example_order_test.go (-want +got):\n%s", diff)
	}
}

// firstFile returns the indented lines of the comment from its package clause on.
func firstFile(doc *ast.CommentGroup) string {
	var lines []string
	for _, line := range strings.Split(doc.Text(), "\n") {
		code, indented := strings.CutPrefix(line, "\t")
		switch {
		case indented && (len(lines) > 0 || strings.HasPrefix(code, "package ")), line == "" && len(lines) > 0:
			lines = append(lines, code)
		case len(lines) > 0:
			return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}
