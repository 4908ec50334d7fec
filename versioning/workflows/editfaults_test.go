package workflows_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/applied"
	"github.com/replaymatrix/replaymatrix/internal/corpora"
)

// faultsOfEdit are the errors that go/types finds in the edited package and not in the one of the work
// tree. It sees no other package, and takes it that these have what is asked of them.
func faultsOfEdit(t *testing.T, e applied.Edit) (faults []string) {
	t.Helper()
	before := typeErrors(t, e.Package, "", nil)
	for _, fault := range typeErrors(t, e.Package, e.File, e.Source) {
		if !slices.Contains(before, fault) {
			faults = append(faults, fault)
		}
	}
	return faults
}

func typeErrors(t *testing.T, folder, edited string, source []byte) (found []string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(corpora.Root(), filepath.FromSlash(folder), "*.go"))
	require.NoError(t, err)
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		var src any
		if filepath.Base(name) == edited {
			src = source
		}
		file, err := parser.ParseFile(set, name, src, 0)
		require.NoError(t, err)
		files = append(files, file)
	}
	config := types.Config{Importer: noImporter{}, Error: func(err error) {
		if fault := (types.Error{}); errors.As(err, &fault) {
			found = append(found, fault.Msg)
		}
	}}
	_, _ = config.Check(folder, set, files, nil) // Error has been given what it returns
	return found
}

// noImporter has no package, so that go/types makes up an empty one.
type noImporter struct{}

func (noImporter) Import(path string) (*types.Package, error) { return nil, errors.New("not imported") }
