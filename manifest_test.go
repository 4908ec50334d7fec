package replaymatrix_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestManifest fails on a recording that is missing, edited by hand or unused,
// and on a binary that would embed other recordings than the folder holds.
func TestManifest(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("histories/MANIFEST")
	require.NoError(t, err)
	const advice = "recordings are never edited; go test . -record makes them and the MANIFEST anew"
	places := map[string]fs.FS{"folder": os.DirFS("histories"), "embedded": histories.FS}
	if recordFamilies.set {
		// This binary was built before its recordings were made.
		delete(places, "embedded")
	}
	for name, fsys := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := manifest(fsys)
			require.NoError(t, err)
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("histories/MANIFEST and the files differ; %s\n(-MANIFEST +files):\n%s", advice, diff)
			}
		})
	}
	used := map[string]bool{}
	for _, f := range workflows.Families {
		used[f.Name] = true
	}
	for line := range strings.Lines(string(want)) {
		_, file, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if family := path.Dir(file); !used[family] {
			t.Errorf("histories/%s is unused: there is no family %q", file, family)
		}
	}
}

// manifest returns the lines "sha256  path" of the files below the folders of
// fsys, sorted by path, as sha256sum writes and checks them.
func manifest(fsys fs.FS) (string, error) {
	var b bytes.Buffer
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(file) == "." {
			return err
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), file)
		return nil
	})
	return b.String(), err
}

func writeManifest() error {
	lines, err := manifest(os.DirFS("histories"))
	if err != nil {
		return err
	}
	const temporary = "histories/.MANIFEST.tmp"
	if err := os.WriteFile(temporary, []byte(lines), 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, "histories/MANIFEST")
}
