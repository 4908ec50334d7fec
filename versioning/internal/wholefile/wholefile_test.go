package wholefile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

func TestReplace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.json")
	for _, tt := range []struct {
		text string
		mode fs.FileMode
		why  string
	}{
		{"one", 0o644, "a new file"},
		{"two", 0o600, "one that is there, with another mode"},
		{"", 0o644, "nothing is content too"},
	} {
		require.NoError(t, wholefile.Replace(path, tt.mode, []byte(tt.text)), tt.why)
		require.Equal(t, map[string]string{"a.json": tt.text}, files(t, filepath.Dir(path)), tt.why)
		if info, err := os.Stat(path); runtime.GOOS != "windows" {
			require.NoError(t, err)
			require.Equal(t, tt.mode, info.Mode().Perm(), tt.why)
		}
	}
}

// TestFailure holds that a write that fails leaves all as it was, and no file of its own.
func TestFailure(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	for _, tt := range []struct {
		name  string
		write func(folder string) error
		want  error
	}{
		{"half written", func(folder string) error {
			return wholefile.ReplaceBy(filepath.Join(folder, "a"), 0o644, func(w io.Writer) error {
				_, _ = io.WriteString(w, "new")
				return full
			})
		}, full},
		{"no folder", func(folder string) error {
			return wholefile.Replace(filepath.Join(folder, "none", "a"), 0o644, nil)
		}, fs.ErrNotExist},
		{"a name that is taken", func(folder string) error {
			return wholefile.Create(filepath.Join(folder, "a"), 0o644, []byte("new"))
		}, fs.ErrExist},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(folder, "a"), []byte("old"), 0o644))
			require.ErrorIs(t, tt.write(folder), tt.want)
			require.Equal(t, map[string]string{"a": "old"}, files(t, folder))
		})
	}
}

func TestFailureToRename(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "a"), 0o755))
	require.Error(t, wholefile.Replace(filepath.Join(folder, "a"), 0o644, nil), "a folder has the name")
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

func TestCreate(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, wholefile.Create(filepath.Join(folder, "a"), 0o644, []byte("text")))
	require.Equal(t, map[string]string{"a": "text"}, files(t, folder))
}

// TestOf takes the name from a write that is under way, so that both are told by one rule.
func TestOf(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, wholefile.ReplaceBy(filepath.Join(folder, "order-4711.json"), 0o644, func(io.Writer) error {
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Len(t, entries, 1)
		require.Equal(t, "order-4711.json", wholefile.Of(entries[0].Name()))
		return nil
	}))
	for _, name := range []string{"order-4711.json", ".gitignore", ".order.json", "a.1", ".", ""} {
		require.Empty(t, wholefile.Of(name), "%q is somebody's own file", name)
	}
}

func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		require.NoError(t, err)
		texts[e.Name()] = string(data)
	}
	return texts
}
