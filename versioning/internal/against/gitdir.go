package against

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// gitDirOf makes the folder that git takes for the .git of the copy: index and HEAD are its own, and settings and
// objects are the repository's, as in one of "git worktree". Git makes no such folder outside of .git, but it reads
// one. A filter that is run for the copy finds this folder, and can write there.
func (r *repository) gitDirOf(commit, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	common, err := commonDir(r.gitDir)
	if err != nil {
		return err
	}
	for name, content := range map[string]string{"HEAD": commit, "commondir": common} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content+"\n"), 0o600); err != nil {
			return err
		}
	}
	// Settings can be those of one work tree, and a filter among them.
	switch settings, err := os.ReadFile(filepath.Join(r.gitDir, "config.worktree")); {
	case err == nil:
		err := os.WriteFile(filepath.Join(folder, "config.worktree"), settings, 0o600)
		if err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	// The keys of git-crypt are in no common folder. Where there are no links, git-crypt says that it lacks them.
	keys := filepath.Join(r.gitDir, "git-crypt")
	if _, err := os.Stat(keys); err == nil {
		_ = os.Symlink(keys, filepath.Join(folder, "git-crypt"))
	}
	return nil
}

// commonDir is the folder that all work trees of the repository share.
func commonDir(gitDir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(gitDir, "commondir"))
	if errors.Is(err, fs.ErrNotExist) {
		return gitDir, nil
	}
	if err != nil {
		return "", err
	}
	common := filepath.FromSlash(strings.TrimSpace(string(data)))
	if !filepath.IsAbs(common) {
		common = filepath.Join(gitDir, common)
	}
	return common, nil
}
