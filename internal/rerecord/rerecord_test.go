package rerecord

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/record"
)

func TestChosen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		want []string
		err  string
		why  string
	}{
		{"patching", []string{"patching"}, "", "a family"},
		{"runtimechecks/timer", []string{"runtimechecks/timer"}, "", "a family of a group"},
		{"coroutines", []string{"coroutines"}, "", "a fixture"},
		{"runtime", nil, "-record=runtime: no such family; the families are patching, revisions,",
			"a part of a name is none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			list, err := chosen(tt.name)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err, tt.why)
				return
			}
			require.NoError(t, err)
			var got []string
			for _, c := range list {
				got = append(got, c.Family.Name)
			}
			require.Equal(t, tt.want, got, tt.why)
		})
	}
	group, err := chosen("unnoticed")
	require.NoError(t, err)
	require.Greater(t, len(group), 5, "the name of a group")
	all, err := chosen("")
	require.NoError(t, err)
	require.Greater(t, len(all), len(group), "no name")
}

// TestRemoveStale keeps what the family has made in this run, and what is no recording.
func TestRemoveStale(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"base.open.json", "base.gone.json", "live.json"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("{}"), 0o644))
	}
	require.NoError(t, removeStale(folder, []record.Attempt{{Path: filepath.Join(folder, "base.open.json")}}))
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(folder, "base.open.json"), filepath.Join(folder, "live.json")}, left)
}

// TestManifestLines has the files of families, by path, and none that lie beside the families.
func TestManifestLines(t *testing.T) {
	t.Parallel()
	got, err := Manifest(fstest.MapFS{
		"MANIFEST":                 {Data: []byte("old")},
		"patching/b.json":          {Data: []byte("b")},
		"patching/a.json":          {Data: []byte("a")},
		"unnoticed/memo/live.json": {Data: nil},
	})
	require.NoError(t, err)
	want := `ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  patching/a.json
3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  patching/b.json
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  unnoticed/memo/live.json
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
