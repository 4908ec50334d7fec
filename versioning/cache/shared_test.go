package cache

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPrivate holds which folders others can write verdicts into.
func TestPrivate(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing of others there")
	}
	for _, tt := range []struct {
		name string
		mode os.FileMode
		want string
		why  string
	}{
		{"own", 0o700, "", "as it is made"},
		{"readable", 0o755, "", "who can read it can say nothing"},
		{"of a group", 0o770, "others can write to the folder", "somebody of the group is another one"},
		{"of all", 0o777, "others can write to the folder", "as a folder for temporary files"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "verdicts")
			require.NoError(t, os.Mkdir(folder, 0o700))
			require.NoError(t, os.Chmod(folder, tt.mode))
			err := private(folder)
			if tt.want == "" {
				require.NoError(t, err, tt.why)
				return
			}
			var shared *SharedError
			require.ErrorAs(t, err, &shared, tt.why)
			require.ErrorContains(t, err, tt.want)
			require.Equal(t, folder, shared.Folder)
		})
	}
	dir := t.TempDir()
	require.NoError(t, private(filepath.Join(dir, "nothing")), "it is made when it is needed")
	require.NoError(t, os.Symlink(dir, filepath.Join(dir, "link")))
	require.ErrorContains(t, private(filepath.Join(dir, "link")), "the folder is a link")
}
