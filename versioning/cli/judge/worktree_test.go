package judge

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

// checkout makes a repository with two modules, of which one replaces a dependency.
func checkout(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		".git/HEAD":                          "ref: refs/heads/main\n",
		"README.md":                          "",
		"shop/go.mod":                        "// The shop.\nmodule example.com/shop // with a comment\n\ngo 1.26\n",
		"shop/order/charge.go":               "package order\n",
		"lib/go.mod":                         "module \"example.com/lib\"\n",
		"lib/money.go":                       "package lib\n",
		"shop/vendor/example.com/v/v.go":     "package v\n",
		".cache/pkg/mod/x.com/y@v1.0.0/y.go": "package y\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	return root
}

func TestWorkTree(t *testing.T) {
	t.Setenv("GITHUB_WORKSPACE", "")
	root := checkout(t)
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(root, link))
	build := &debug.BuildInfo{Deps: []*debug.Module{
		{Path: "example.com/lib", Version: "v0.0.0", Replace: &debug.Module{Path: "../lib"}},
		{Path: "x.com/y", Version: "v1.0.0"},
		{Path: "example.com/fork", Version: "v1.0.0",
			Replace: &debug.Module{Path: "example.com/shop", Version: "v1.2.0"}},
	}}
	for _, tt := range []struct{ name, here, recorded, want, why string }{
		{"absolute", "shop", root + "/shop/order/charge.go", "shop/order/charge.go",
			"relative to the repository, not to the working directory"},
		{"from a subfolder", "shop/order", root + "/lib/money.go", "lib/money.go", "the root is above"},
		{"built through a link", "shop", link + "/shop/order/charge.go", "shop/order/charge.go",
			"a link is another name for the same folder"},
		{"-trimpath", "shop", "example.com/shop/order/charge.go", "shop/order/charge.go", "named by its module"},
		{"-trimpath, from the root", ".", "example.com/shop/order/charge.go", "shop/order/charge.go",
			"the module is below"},
		{"-trimpath, other module", "shop", "example.com/lib/money.go", "lib/money.go", "a workspace has several"},
		{"-trimpath, replaced by a folder", "shop", "example.com/lib@v0.0.0/money.go", "lib/money.go",
			"the code is in the repository"},
		{"-trimpath, replaced by a module", "shop", "example.com/fork@v1.0.0/order/charge.go", "",
			"the code is in the module cache"},
		{"-trimpath, dependency", "shop", "x.com/y@v1.0.0/y.go", "", "the code is in the module cache"},
		{"-trimpath, longer name", "shop", "example.com/shop2/order/charge.go", "", "another module"},
		{"module cache in the checkout", "shop", root + "/.cache/pkg/mod/x.com/y@v1.0.0/y.go", "",
			"not a file of the repository"},
		{"vendored", "shop", root + "/shop/vendor/example.com/v/v.go", "shop/vendor/example.com/v/v.go",
			"a file of the repository"},
		{"built elsewhere", "shop", "/builder/shop/order/charge.go", "", "nothing tells that it is the same file"},
		{"gone", "shop", root + "/shop/order/gone.go", "", "an annotation there would be nowhere"},
		{"a folder", "shop", root + "/shop/order", "", "no file"},
		{"beside the root", "shop", root + "2/shop/order/charge.go", "", "the name of the folder only begins alike"},
		{"unknown", "shop", "", "", "nothing is known"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.NotEmpty(t, tt.why)
			tree := workTreeAt(filepath.Join(root, tt.here), build)
			require.Equal(t, tt.want, tree.file(filepath.FromSlash(tt.recorded)), tt.why)
			require.Equal(t, tt.want,
				workTreeAt(filepath.Join(link, tt.here), build).file(filepath.FromSlash(tt.recorded)),
				"through a link: "+tt.why)
		})
	}
	require.Equal(t, "shop/go.mod", workTreeAt(filepath.Join(root, "shop", "order"), nil).fallback(), "the nearest")
	require.Empty(t, workTreeAt(root, nil).fallback())
}

// TestWorkTreeWithoutGit is about a checkout that is an unpacked archive, and about no
// checkout at all.
func TestWorkTreeWithoutGit(t *testing.T) {
	root := checkout(t)
	require.NoError(t, os.RemoveAll(filepath.Join(root, ".git")))
	file := filepath.Join(root, "shop", "order", "charge.go")

	t.Setenv("GITHUB_WORKSPACE", root)
	require.Equal(t, "shop/order/charge.go", workTreeAt(filepath.Join(root, "shop"), nil).file(file))
	t.Setenv("GITHUB_WORKSPACE", t.TempDir())
	require.Empty(t, workTreeAt(filepath.Join(root, "shop"), nil).file(file), "the working directory is not in there")
	t.Setenv("GITHUB_WORKSPACE", "")
	require.Empty(t, workTreeAt(filepath.Join(root, "shop"), nil).file(file))
	require.Empty(t, workTreeAt(filepath.Join(root, "shop"), nil).fallback())
}

// TestWorkTreeLinked is about a linked work tree, whose .git is a file.
func TestWorkTreeLinked(t *testing.T) {
	root := checkout(t)
	require.NoError(t, os.RemoveAll(filepath.Join(root, ".git")))
	require.NoError(t, os.WriteFile(filepath.Join(root, ".git"), []byte("gitdir: elsewhere\n"), 0o644))
	require.Equal(t, "lib/money.go", workTreeAt(root, nil).file(filepath.Join(root, "lib", "money.go")))
}
