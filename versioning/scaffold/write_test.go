package scaffold_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/scaffold"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	module := files{}.module(t)
	plan := []scaffold.File{{Path: "a/b/c.txt", Text: "c"}, {Path: "d.txt", Text: "d"},
		{Path: "e.txt", Text: "e", Exists: true}}
	require.NoError(t, scaffold.Write(module, plan))
	require.Equal(t, []string{"a/", "a/b/", "a/b/c.txt", "d.txt", "go.mod"}, tree(t, module), "and nothing temporary")
	text, err := os.ReadFile(filepath.Join(module, "a", "b", "c.txt"))
	require.NoError(t, err)
	require.Equal(t, "c", string(text))
	info, err := os.Stat(filepath.Join(module, "d.txt"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o644), info.Mode().Perm(), "not that of a temporary file")
}

// TestWriteReplacesNothing has a file that appears between the plan and the writing.
func TestWriteReplacesNothing(t *testing.T) {
	t.Parallel()
	module := files{"x/mine.txt": "mine", "x/kept.txt": "kept"}.module(t)
	before := tree(t, module)
	err := scaffold.Write(module,
		[]scaffold.File{{Path: "new/a.txt", Text: "a"}, {Path: "x/b.txt", Text: "b"},
			{Path: "x/mine.txt", Text: "other"}, {Path: "z.txt", Text: "z"}})
	require.ErrorIs(t, err, scaffold.ErrExists)
	require.EqualError(t, err, "writing x/mine.txt: it exists by now, and stays as it is; no file is written")
	require.Equal(t, before, tree(t, module), "what was written before it is taken back")
	text, err := os.ReadFile(filepath.Join(module, "x", "mine.txt"))
	require.NoError(t, err)
	require.Equal(t, "mine", string(text))
}

// TestWriteDangling has a link that leads nowhere where the file should be: there is
// no file to read, and there is a name that is taken.
func TestWriteDangling(t *testing.T) {
	t.Parallel()
	module := files{}.module(t)
	link := filepath.Join(module, "link.txt")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Skip("no links here")
	}
	require.ErrorIs(t, scaffold.Write(module, []scaffold.File{{Path: "link.txt", Text: "x"}}), scaffold.ErrExists)
	require.Equal(t, []string{"go.mod", "link.txt"}, tree(t, module))
}

// TestWriteOutside has a folder in the module that is a link to one that is not.
func TestWriteOutside(t *testing.T) {
	t.Parallel()
	module, outside := files{}.module(t), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(module, "cmd")); err != nil {
		t.Skip("no links here")
	}
	require.NoError(t, os.Mkdir(filepath.Join(module, "inner"), 0o777))
	require.NoError(t, os.Symlink("inner", filepath.Join(module, "near")))
	err := scaffold.Write(module, []scaffold.File{{Path: "a.txt", Text: "a"}, {Path: "cmd/orders/main.go", Text: "x"}})
	require.ErrorIs(t, err, scaffold.ErrOutside)
	require.ErrorContains(t, err, "writing cmd/orders/main.go: a link leads out of the module, to ")
	require.Empty(t, tree(t, outside), "nothing is written there")
	require.NoFileExists(t, filepath.Join(module, "a.txt"), "nor anything else")
	require.NoError(t, scaffold.Write(module, []scaffold.File{{Path: "near/a.txt", Text: "a"}}), "a link within leads to a folder")
	require.FileExists(t, filepath.Join(module, "inner", "a.txt"))
}

// tree lists all that is in the folder.
func tree(t *testing.T, folder string) (paths []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		inside, err := filepath.Rel(folder, path)
		if entry.IsDir() {
			inside += "/"
		}
		paths = append(paths, filepath.ToSlash(inside))
		return err
	}))
	return paths
}
