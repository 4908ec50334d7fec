package against

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestVendor builds the copy of a module that takes a library from beside the repository, with a vendor folder and
// without, in a workspace and alone.
func TestVendor(t *testing.T) {
	for _, tt := range []struct {
		name, flags string
		files       []string // of the revision, beside shop
		vendor      []string // the command that makes the vendor folder of the revision, if it has one
		want, why   string
	}{
		{"no folder", "", nil, nil, "", "it comes from beside the repository"},
		{"by default", "", nil, []string{"mod", "vendor"}, "", "the go command takes the folder where there is one"},
		{"named", "-mod=vendor", nil, []string{"mod", "vendor"}, "", "go.mod must say what vendor/modules.txt says"},
		{"named with others", "-tags=x -mod=vendor -count=1", nil, []string{"mod", "vendor"}, "", "as above"},
		{"twice", "-mod=mod -mod=vendor", nil, []string{"mod", "vendor"}, "", "the last one counts"},
		{"left out", "-mod=mod", nil, []string{"mod", "vendor"}, "", "the folder is not looked at"},
		{"read only", "-mod=readonly", nil, []string{"mod", "vendor"}, "", "the folder is not looked at"},
		{"named without one", "-mod=vendor", nil, nil,
			"v1 has no vendor folder, and GOFLAGS says -mod=vendor: run it with GOFLAGS=-mod=readonly, which takes the modules " +
				"of both from the module cache", "a pipeline can make the folder, and then it is in no revision"},
		{"of the workspace", "", []string{"go.work"}, []string{"work", "vendor"}, "", "it lies beside go.work"},
		{"of the workspace, named", "-mod=vendor", []string{"go.work"}, []string{"work", "vendor"}, "", "as above"},
		{"in a workspace without", "", []string{"go.work", "shop/vendor/modules.txt"}, nil, "",
			"in a workspace nobody looks at the folder of a module"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder, err := filepath.EvalSymlinks(t.TempDir())
			require.NoError(t, err)
			top, temporary := filepath.Join(folder, "one", "two", "repo"), filepath.Join(folder, "temporary")
			t.Setenv("GOFLAGS", "")
			t.Setenv("GOWORK", "")
			t.Setenv("GOPROXY", "off")
			write(t, filepath.Dir(top), "lib/go.mod", "module example.com/lib\n\ngo 1.26.0\n")
			write(t, filepath.Dir(top), "lib/lib.go", "package lib\n\nconst Answer = 42\n")
			write(t, top, "shop/go.mod", "module example.com/shop\n\ngo 1.26.0\n\nrequire example.com/lib v0.0.0\n\n"+
				"replace example.com/lib => ../../lib\n")
			write(t, top, "shop/shop.go", "package shop\n\nimport \"example.com/lib\"\n\nvar Answer = lib.Answer\n")
			for _, name := range tt.files {
				write(t, top, name, map[string]string{"go.work": "go 1.26.0\n\nuse ./shop\n"}[name])
			}
			if tt.vendor != nil {
				execute(t, filepath.Join(top, "shop"), "go", tt.vendor...)
			}
			commitAll(t, top)

			t.Setenv("GOFLAGS", tt.flags)
			repo, err := openRepository(t.Context(), filepath.Join(top, "shop"))
			require.NoError(t, err)
			commit, err := repo.commit(t.Context(), "HEAD")
			require.NoError(t, err)
			r := &run{repo: repo, commit: commit, label: "v1", Options: Options{Note: func(string) {}}}
			r.here = &side{dir: filepath.Join(top, "shop")}
			r.there = &side{dir: filepath.Join(temporary, "tree", "shop")}
			err = r.checkOut(t.Context(), temporary)
			if tt.want != "" {
				require.EqualError(t, err, tt.want, tt.why)
				return
			}
			require.NoError(t, err, tt.why)
			_, said, err := output(t.Context(), r.there, "go", "list", "-deps", "-export", "./...")
			require.NoError(t, err, "%s: %s", tt.why, said)
		})
	}
}

func write(t *testing.T, folder, name, content string) {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
}

func execute(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	cmd.Dir, cmd.Env = folder, append(environment(), "GIT_CONFIG_GLOBAL="+os.DevNull)
	out, err := cmd.CombinedOutput()
	require.NoErrorf(t, err, "%s %s: %s", name, strings.Join(args, " "), out)
	return strings.TrimSpace(string(out))
}

// commitAll makes the folder a repository with one commit.
func commitAll(t *testing.T, folder string) {
	t.Helper()
	execute(t, folder, "git", "init", "-q", "-b", "main")
	execute(t, folder, "git", "add", ".")
	execute(t, folder, "git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.com", "commit", "-q", "-m", "one")
}
