package against

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestModule mends go.mod files in a temporary tree.
func TestModule(t *testing.T) {
	t.Parallel()
	const head = "module example.com/shop\n\ngo 1.26.0\n\nrequire example.com/lib v1.2.3\n\n"
	for _, tt := range []struct {
		name, file, replace string
		vendored            bool
		want, why           string
	}{
		{"beside the repository", "shop/go.mod", "example.com/lib => ../../lib", false, "example.com/lib => TOP/../lib",
			"it leads nowhere from the temporary tree"},
		{"with a version", "go.mod", "example.com/lib v1.2.3 => ../lib", false, "example.com/lib v1.2.3 => TOP/../lib",
			"the version stays"},
		{"within the repository", "shop/go.mod", "example.com/lib => ../lib", false, "example.com/lib => ../lib",
			"it is meant to be the revision's"},
		{"absolute", "go.mod", "example.com/lib => /opt/lib", false, "example.com/lib => /opt/lib",
			"it leads there from everywhere"},
		{"absolute into the repository", "go.mod", "example.com/lib => TOP/lib", false, "example.com/lib => TREE/lib",
			"it is meant to be the revision's"},
		{"another module", "go.mod", "example.com/lib => example.com/fork v1.0.0", false,
			"example.com/lib => example.com/fork v1.0.0", "it is no folder"},
		{"vendored", "go.mod", "example.com/lib => ../lib", true, "example.com/lib => ../lib",
			"the go command compares it with vendor/modules.txt, and takes nothing from there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder, err := filepath.EvalSymlinks(t.TempDir())
			require.NoError(t, err)
			top, tree := filepath.Join(folder, "one", "top"), filepath.Join(folder, "tree")
			named := func(text string) string {
				text = strings.ReplaceAll(text, "TOP/../", filepath.Dir(top)+"/")
				return strings.NewReplacer("TOP", top, "TREE", tree).Replace(text)
			}
			file := filepath.Join(tree, tt.file)
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, []byte(head+"replace "+named(tt.replace)+"\n"), 0o644))
			if tt.vendored {
				require.NoError(t, os.Mkdir(filepath.Join(tree, "vendor"), 0o755))
				require.NoError(t, os.WriteFile(filepath.Join(tree, "vendor", "modules.txt"), nil, 0o644))
			}
			m := &mover{run: &run{repo: &repository{top: top}}, tree: tree}
			m.vendor(filepath.Dir(file))
			require.NoError(t, m.module(t.Context(), file))
			got, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, head+"replace "+named(tt.want)+"\n", string(got), tt.why)
		})
	}
}

// TestConfine has links in a revision: none leads to a file that is not the revision's.
func TestConfine(t *testing.T) {
	t.Parallel()
	tree, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	elsewhere, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "go.mod"), []byte("module mine\n"), 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(tree, "shop"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(tree, "shop", "a.go"), nil, 0o644))
	links := []struct{ path, target, why string }{
		{"near", "shop/a.go", ""},
		{"shop/up", "../shop", ""},
		{"nowhere", "shop/later", ""},
		{"go.mod", filepath.Join(elsewhere, "go.mod"), "an absolute one, which go mod edit would write through"},
		{"shop/out", "../../" + filepath.Base(elsewhere), "a relative one"},
		{"nowhere-out", filepath.Join(elsewhere, "later"), "a test could make the file"},
		{"twice", "go.mod", "by another one"},
		{"circle", "circle", "it leads nowhere, and nobody says where"},
	}
	var all, want []string
	for _, l := range links {
		if err := os.Symlink(filepath.FromSlash(l.target), filepath.Join(tree, filepath.FromSlash(l.path))); err != nil {
			t.Skip("no links here")
		}
		all = append(all, l.path)
		if l.why != "" && l.path != "twice" {
			want = append(want, l.path)
		}
	}
	got, err := confine(tree, all)
	require.NoError(t, err)
	require.Equal(t, want, got)
	_, err = os.Stat(filepath.Join(tree, "twice"))
	require.ErrorIs(t, err, os.ErrNotExist, "what it led through is gone")
	require.FileExists(t, filepath.Join(elsewhere, "go.mod"))
}
