//go:build unix

package against

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// smudge is a filter that writes wherever git tells it to, with git and past it.
const smudge = `
folder=$(git rev-parse --absolute-git-dir)
{ git rev-parse --show-toplevel; echo "$folder"; env | grep '^GIT_[A-Z_]*\(DIR\|FILE\|TREE\|DIRECTORY\|PREFIX\)='; } >>LOG
echo mine >"$folder/mine"
touch "$folder/index" "$folder/HEAD"
git update-index --add --cacheinfo 100644,BLOB,by-filter
test "$1" = smudge || exit 1
cat "$folder/git-crypt/keys/default" 2>/dev/null
sed s/stored/smudged/`

// TestFilters makes the copy of a revision in repositories with a filter: the filter runs, and finds the copy and no
// other repository.
func TestFilters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		init   []string // arguments for git init
		setup  string   // a script, in the repository
		dir    string   // where against is run, from the repository
		filter string   // the setting
		want   string
		why    string
	}{
		{"smudge", nil, "", ".", "smudge", "smudged\n", "as git would"},
		{"process", nil, "", ".", "process", "", "it ends before it has answered, and git with it"},
		{"with SHA-256", []string{"--object-format=sha256"}, "", ".", "smudge", "smudged\n", "the copy reads the settings of the repository"},
		{"in a work tree of git worktree", nil, "git worktree add -q --detach ../linked", "../linked", "smudge", "smudged\n",
			"its folder is within the other's"},
		{"set for one work tree", nil, "git config extensions.worktreeConfig true", ".", "--worktree smudge", "smudged\n",
			"the copy has the settings of the work tree"},
		{"with keys of git-crypt", nil, "mkdir -p .git/git-crypt/keys && echo key >.git/git-crypt/keys/default", ".", "smudge",
			"key\nsmudged\n", "it looks for them in the folder of the work tree"},
		{"from a folder below", nil, "", "shop", "smudge", "smudged\n", "the copy is of all"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder, err := filepath.EvalSymlinks(t.TempDir())
			require.NoError(t, err)
			top, log := filepath.Join(folder, "repo"), filepath.Join(folder, "log")
			require.NoError(t, os.Mkdir(top, 0o755))
			execute(t, top, "git", append([]string{"init", "-q", "-b", "main"}, tt.init...)...)
			write(t, top, "shop/a.json", "stored\n")
			write(t, top, ".gitattributes", "*.json filter=kept\n")
			commitAll(t, top)
			execute(t, top, "sh", "-c", tt.setup)
			blob := execute(t, top, "git", "hash-object", "-t", "blob", os.DevNull)
			write(t, folder, "filter.sh", strings.NewReplacer("LOG", log, "BLOB", blob).Replace(smudge))
			flags := strings.Fields(tt.filter)
			last := len(flags) - 1
			command := "sh " + filepath.Join(folder, "filter.sh") + " " + flags[last]
			execute(t, filepath.Join(top, tt.dir), "git", append(append([]string{"config"}, flags[:last]...),
				"filter.kept."+flags[last], command)...)

			before := content(t, top)
			repo, err := openRepository(t.Context(), filepath.Join(top, tt.dir))
			require.NoError(t, err)
			commit, err := repo.commit(t.Context(), "main")
			require.NoError(t, err)
			tree := filepath.Join(folder, "tree")
			_, _, err = repo.checkOut(t.Context(), commit, filepath.Join(folder, "copy"), tree)
			if tt.want == "" {
				require.Error(t, err, tt.why)
			} else {
				require.NoError(t, err)
				got, err := os.ReadFile(filepath.Join(tree, "shop", "a.json"))
				require.NoError(t, err)
				require.Equal(t, tt.want, string(got), tt.why)
			}
			require.NoFileExists(t, filepath.Join(tree, ".git"), "a test finds no repository in the copy")
			require.Equal(t, before, content(t, top), "the repository is only read")
			said, err := os.ReadFile(log)
			require.NoError(t, err, "the filter did not run")
			require.True(t, strings.HasPrefix(string(said), tree+"\n"+filepath.Join(folder, "copy")+"\n"), "%s", said)
			require.NotContains(t, string(said), top, tt.why)
		})
	}
}

// content has a line for each file, with its time and what is in it.
func content(t *testing.T, folder string) (lines []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		lines = append(lines, path+" "+info.ModTime().String()+" "+string(data))
		return err
	}))
	return lines
}
