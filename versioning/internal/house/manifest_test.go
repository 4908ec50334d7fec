package house_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/internal/rerecord"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestManifest fails on a recording that is missing, edited by hand or unused,
// and on a binary that would embed other recordings than the folder holds.
func TestManifest(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(root + "/histories/MANIFEST")
	require.NoError(t, err)
	const advice = "recordings are never edited; go test . -record makes them and the MANIFEST anew"
	places := map[string]fs.FS{"folder": os.DirFS(root + "/histories"), "embedded": histories.FS}
	for name, fsys := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rerecord.Manifest(fsys)
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
