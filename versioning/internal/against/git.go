package against

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A NoRepositoryError reports that the folder is not in a work tree of git.
type NoRepositoryError struct {
	Dir string
	// Said is the message of git.
	Said string
}

func (e *NoRepositoryError) Error() string {
	return fmt.Sprintf("%s is not in a git repository with a work tree (%s): run it inside of your module's repository",
		e.Dir, e.Said)
}

// An UnknownRefError reports a revision that git does not know. Refs are the names of the branches
// and tags that git knows.
type UnknownRefError struct {
	Ref  string
	Refs []string
}

func (e *UnknownRefError) Error() string { return fmt.Sprintf("git knows no commit %q", e.Ref) }

// repository is the user's, which is only read.
type repository struct {
	// top is the folder of the work tree, and prefix that of the user in it.
	top, prefix string
	gitDir      string
}

func openRepository(ctx context.Context, dir string) (*repository, error) {
	asked := []string{"rev-parse", "--show-toplevel", "--show-prefix", "--absolute-git-dir"}
	out, err := git(ctx, dir, nil, asked...)
	var said *gitError
	// A hook has the repository in the environment, with a path from elsewhere; so the folder is asked first. Where it
	// is in none, who has named one means that one.
	if named := namedRepository(); errors.As(err, &said) && len(named) > 0 {
		out, err = git(ctx, dir, named, asked...)
	}
	if errors.As(err, &said) {
		return nil, &NoRepositoryError{Dir: dir, Said: said.said}
	}
	if err != nil {
		return nil, err
	}
	lines := strings.Split(out, "\n")
	if len(lines) < 3 {
		return nil, fmt.Errorf("git rev-parse said %q", out)
	}
	top, err := filepath.EvalSymlinks(filepath.FromSlash(lines[0]))
	if err != nil {
		return nil, err
	}
	return &repository{top: top, prefix: filepath.FromSlash(lines[1]), gitDir: filepath.FromSlash(lines[2])}, nil
}

// commit returns the ID of the commit.
func (r *repository) commit(ctx context.Context, ref string) (string, error) {
	env := []string{"GIT_DIR=" + r.gitDir}
	if !strings.HasPrefix(ref, "-") { // git would take it for a flag
		out, err := git(ctx, r.top, env, "rev-parse", "--verify", "--quiet", ref+"^{commit}")
		if err == nil {
			return strings.TrimSpace(out), nil
		}
		var said *gitError
		if !errors.As(err, &said) {
			return "", err
		}
	}
	out, err := git(ctx, r.top, env, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes",
		"refs/tags")
	if err != nil {
		return "", err
	}
	return "", &UnknownRefError{Ref: ref, Refs: strings.Fields(out)}
}

// checkOut writes the files of the commit, as git would into a new work tree: with
// filters and line endings. Git, and filters with it, know the folder gitDir, which is made for it, instead of the
// repository's, so that nothing is written there; the settings keep away what would
// be beside the index, and hooks. It names the submodules, and the links of which confine has left nothing.
func (r *repository) checkOut(ctx context.Context, commit, gitDir, tree string) (submodules, links []string, err error) {
	if err := errors.Join(os.MkdirAll(tree, 0o755), r.gitDirOf(commit, gitDir)); err != nil {
		return nil, nil, err
	}
	env := []string{"GIT_DIR=" + gitDir, "GIT_WORK_TREE=" + tree}
	settings := []string{"-c", "core.splitIndex=false", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false",
		"-c", "core.sparseCheckout=false", "-c", "index.sparse=false", "-c", "core.hooksPath=" + os.DevNull}
	do := func(args ...string) (string, error) { return git(ctx, tree, env, slices.Concat(settings, args)...) }
	if _, err := do("read-tree", commit); err != nil {
		return nil, nil, err
	}
	if _, err := do("checkout-index", "--all", "--force", "--quiet"); err != nil {
		return nil, nil, err
	}
	staged, err := do("ls-files", "--stage", "-z")
	if err != nil {
		return nil, nil, err
	}
	for entry := range strings.SplitSeq(staged, "\x00") {
		mode, rest, _ := strings.Cut(entry, " ")
		_, path, _ := strings.Cut(rest, "\t")
		switch mode {
		case "160000":
			submodules = append(submodules, path)
		case "120000":
			links = append(links, path)
		}
	}
	links, err = confine(tree, links)
	return submodules, links, err
}

// confine removes the links that lead out of the tree, and returns their paths: what the tests of the revision, and we,
// read and write there is to be the revision's. One that leads nowhere stays.
func confine(tree string, links []string) (outside []string, err error) {
	for _, path := range links {
		link := filepath.Join(tree, filepath.FromSlash(path))
		target, err := os.Readlink(link)
		if err != nil {
			continue // where there are no links, git writes a file
		}
		resolved, err := filepath.EvalSymlinks(link)
		if errors.Is(err, fs.ErrNotExist) { // somebody can write a file where it leads
			resolved = target
			if !filepath.IsAbs(target) {
				resolved = filepath.Join(filepath.Dir(link), target)
			}
		} else if err != nil {
			resolved = "" // such as a circle
		}
		if resolved != "" && inside(tree, resolved) {
			continue
		}
		if err := os.Remove(link); err != nil {
			return nil, err
		}
		outside = append(outside, path)
	}
	return outside, nil
}

// gitError is a failure of git itself.
type gitError struct {
	command, said string
	err           error
}

func (e *gitError) Error() string { return fmt.Sprintf("git %s: %s", e.command, e.said) }
func (e *gitError) Unwrap() error { return e.err }

// git runs git in the folder and returns what it prints, less the last line break.
func git(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := command(ctx, dir, append(append(environment(), "GIT_OPTIONAL_LOCKS=0"), env...), "git", args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("the command git is not on PATH")
	case errors.As(err, &exit):
		name := slices.IndexFunc(args,
			func(a string) bool { return !strings.HasPrefix(a, "-") && !strings.Contains(a, "=") })
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		if said == "" {
			said = exit.Error()
		}
		return "", &gitError{command: args[max(0, name)], said: said, err: err}
	case err != nil:
		return "", fmt.Errorf("running git: %w", err)
	}
	return strings.TrimSuffix(stdout.String(), "\n"), nil
}
