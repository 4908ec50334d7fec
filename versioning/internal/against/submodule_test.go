package against

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSubmodule has a revision with a submodule, which is a module that the revision takes: it is empty in the copy,
// a note names it, and so does the go command.
func TestSubmodule(t *testing.T) {
	t.Parallel()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	top, temporary := filepath.Join(folder, "repo"), filepath.Join(folder, "temporary")
	write(t, folder, "lib/go.mod", "module example.com/lib\n\ngo 1.26.0\n")
	write(t, folder, "lib/lib.go", "package lib\n")
	commitAll(t, filepath.Join(folder, "lib"))
	write(t, top, "go.mod", "module example.com/shop\n\ngo 1.26.0\n\nrequire example.com/lib v0.0.0\n\n"+
		"replace example.com/lib => ./third-party/lib\n")
	write(t, top, "shop.go", "package shop\n\nimport _ \"example.com/lib\"\n")
	execute(t, top, "git", "init", "-q")
	execute(t, top, "git", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib", "third-party/lib")
	commitAll(t, top)

	repo, err := openRepository(t.Context(), top)
	require.NoError(t, err)
	commit, err := repo.commit(t.Context(), "HEAD")
	require.NoError(t, err)
	var notes []string
	r := &run{repo: repo, commit: commit, label: "v1", here: &side{dir: top},
		there: &side{dir: filepath.Join(temporary, "tree"), title: "v1"}}
	r.Note = func(text string) { notes = append(notes, text) }
	require.NoError(t, r.checkOut(t.Context(), temporary))
	require.Equal(t, []string{"the submodules of v1 are left empty in its temporary tree: third-party/lib"}, notes)
	shop := &testPackage{path: "example.com/shop", binary: filepath.Join(temporary, "shop.test")}
	require.ErrorContains(t, r.compile(t.Context(), r.there, shop), "third-party/lib/go.mod: no such file or directory")
}
