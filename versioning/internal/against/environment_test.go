package against

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWithoutRepository holds what the tests of both trees, and git, do not get of the environment.
func TestWithoutRepository(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		variable string
		stays    bool
		why      string
	}{
		{"GIT_DIR=/repo/.git", false, "a hook has it"},
		{"GIT_INDEX_FILE=.git/index.lock", false, "a hook of git commit has it, and it is half made"},
		{"GIT_WORK_TREE=/repo", false, "an alias has it"},
		{"GIT_PREFIX=shop/", false, "an alias has it"},
		{"GIT_OBJECT_DIRECTORY=/repo/.git/objects/incoming-1", false, "a hook of git push has it, at the other end"},
		{"GIT_CONFIG_COUNT=1", true, "it can say how to fetch a private module"},
		{"GIT_CONFIG_KEY_0=url.x.insteadOf", true, "as above"},
		{"GIT_CONFIG_PARAMETERS='safe.directory=*'", true, "as above"},
		{"GIT_CONFIG_GLOBAL=/dev/null", true, "it is about every repository"},
		{"GIT_SSH_COMMAND=ssh", true, "as above"},
		{"GIT_DIRECTORY=x", true, "nothing of git's"},
		{"TEMPORAL_API_KEY=x", true, "the tests of who runs the command can need it"},
		{"GIT_DIR", false, "one without a value"},
	} {
		t.Run(tt.variable, func(t *testing.T) {
			t.Parallel()
			given := []string{"A=1", tt.variable, "B=GIT_DIR=2"}
			want := []string{"A=1", "B=GIT_DIR=2"}
			if tt.stays {
				want = given
			}
			require.Equal(t, want, withoutRepository(given), tt.why)
			require.Equal(t, tt.variable, given[1], "what was given stays")
		})
	}
}

// TestOfRepository compares the list with that of the git that is here.
func TestOfRepository(t *testing.T) {
	t.Parallel()
	for name := range strings.FieldsSeq(execute(t, t.TempDir(), "git", "rev-parse", "--local-env-vars")) {
		if name != "GIT_CONFIG_COUNT" && name != "GIT_CONFIG_PARAMETERS" { // settings
			require.Contains(t, ofRepository, name)
		}
	}
}

// TestOpenRepository has a repository in the environment, as a hook has, and those who keep a repository apart from
// its work tree.
func TestOpenRepository(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for _, name := range []string{"one", "two", "apart"} {
		write(t, folder, name+"/shop/shop.go", "package shop\n")
		commitAll(t, filepath.Join(folder, name))
	}
	execute(t, folder, "mv", "apart/.git", "apart.git")
	for _, tt := range []struct {
		name, gitDir, workTree, dir string
		top, git                    string
		why                         string
	}{
		{"nothing", "", "", "one/shop", "one", "one/.git", "the folder says it"},
		{"a hook", ".git", "", "one/shop", "one", "one/.git", "its path is from the top of the work tree"},
		{"another's", "TOP/two/.git", "", "one/shop", "one", "one/.git", "a hook that looks at another repository too"},
		{"apart", "TOP/apart.git", "TOP/apart", "apart/shop", "apart", "apart.git", "the folder is in no repository otherwise"},
		{"nowhere", "TOP/gone.git", "", "apart/shop", "", "", "neither"},
		{"a work tree alone", "", "TOP/apart", "apart/shop", "", "", "git does not know of what"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			named := func(path string) string { return strings.ReplaceAll(path, "TOP", folder) }
			t.Setenv("GIT_DIR", named(tt.gitDir))
			t.Setenv("GIT_WORK_TREE", named(tt.workTree))
			t.Setenv("GIT_INDEX_FILE", filepath.Join(folder, "nothing"))
			repo, err := openRepository(t.Context(), filepath.Join(folder, tt.dir))
			if tt.top == "" {
				var none *NoRepositoryError
				require.ErrorAs(t, err, &none, tt.why)
				return
			}
			require.NoError(t, err, tt.why)
			require.Equal(t, &repository{top: filepath.Join(folder, tt.top), prefix: "shop/",
				gitDir: filepath.Join(folder, tt.git)}, repo, tt.why)
			_, err = repo.commit(t.Context(), "main")
			require.NoError(t, err, tt.why)
		})
	}
}
