package scaffold_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/scaffold"
)

// files is a folder by its paths.
type files map[string]string

// module writes them into a module of its own.
func (f files) module(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if _, ok := f["go.mod"]; !ok {
		require.NoError(t, os.WriteFile(filepath.Join(folder, "go.mod"),
			[]byte("module example.com/shop\n\ngo 1.26.0\n"), 0o666))
	}
	for name, text := range f {
		file := filepath.Join(folder, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	return folder
}

// source is a file of package order that imports the SDK.
func source(decls ...string) string {
	return "package order\n\nimport " +
		"(\n\t\"go.temporal.io/sdk/worker\"\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nvar _ worker.Registry\n\n" +
		strings.Join(decls, "\n\n") + "\n"
}

// read reads package order of the module.
func read(t *testing.T, f files) *scaffold.Package {
	t.Helper()
	p, err := scaffold.Read(filepath.Join(f.module(t), "order"))
	require.NoError(t, err)
	return p
}

// planned is the text of one file of the plan.
func planned(t *testing.T, p *scaffold.Package, o scaffold.Options, path string) string {
	t.Helper()
	plan, err := scaffold.Plan(p, o)
	require.NoError(t, err)
	for _, f := range plan {
		if f.Path == path {
			return f.Text
		}
	}
	t.Fatalf("no %s in the plan", path)
	return ""
}
