package exchange_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var family = &versioning.Family{Name: "order", Doc: "An order.",
	Stages: []versioning.Stage{{Name: "v1", Doc: "First."}, {Name: "v2", Doc: "Second."}}}

// withFault has one file that cannot be read to its end.
type withFault struct {
	fs.FS
	file string
}

func (f withFault) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err == nil && name == f.file {
		return faulty{file}, nil
	}
	return file, err
}

type faulty struct{ fs.File }

func (faulty) Read([]byte) (int, error) { return 0, errors.New("the disk is broken") }

// TestGarbage hands out what is in a folder, good or bad: each is one recording.
func TestGarbage(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, text := range map[string]string{"v2.b.json": "2", "v1.a.json": "1", "empty.json": "", "faulty.json": "x",
		"README.md": "not one"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, "large.json"), nil, 0o644))
	require.NoError(t, os.Truncate(filepath.Join(folder, "large.json"), history.MaxFileSize+1))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(folder, "dangling.json")))
	dir := t.TempDir()
	test := exchange.NewTest(exchange.ID("TestOrder", "order", 0), "TestOrder", family, replay.Config{})
	require.NoError(t, exchange.WriteTest(dir, test, family, withFault{os.DirFS(folder), "faulty.json"}))

	tests, err := exchange.ReadTests(dir)
	require.NoError(t, err)
	require.Len(t, tests, 1)
	got := map[string]string{}
	var names []string
	for _, r := range tests[0].Recordings {
		names = append(names, r.Name)
		got[r.Name] = r.File
		if r.File == "" {
			got[r.Name] = "unreadable"
			require.NotEmpty(t, r.Err)
		}
	}
	want := map[string]string{"v1.a": "v1.a.json", "v2.b": "v2.b.json", "empty": "empty.json", "large": "large.json",
		"faulty": "unreadable", "dangling": "unreadable"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("each file is a recording, and README.md is none (-want +got):\n%s", diff)
	}
	require.Equal(t, []string{"v1.a", "v2.b"}, names[:2], "in the order of the stages")

	copied := exchange.Recorded(dir, test.ID)
	_, err = history.ReadFile(os.DirFS(copied), "large.json")
	_, original := history.ReadFile(os.DirFS(folder), "large.json")
	require.Error(t, err)
	require.Equal(t, original.Error(), err.Error(), "it is refused for its size, as the original is")
	left, err := os.ReadDir(filepath.Join(dir, "tests"))
	require.NoError(t, err)
	require.Len(t, left, 1, "no half-written folder is left")
}

// TestNoRecordings describes a family that has none: a new one, on one side.
func TestNoRecordings(t *testing.T) {
	t.Parallel()
	for name, recordings := range map[string]fs.FS{"empty": fstest.MapFS{},
		"missing": os.DirFS(filepath.Join(t.TempDir(), "missing"))} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, exchange.WriteTest(dir, exchange.NewTest("x", "", family, replay.Config{}), family,
				recordings))
			tests, err := exchange.ReadTests(dir)
			require.NoError(t, err)
			require.Len(t, tests, 1)
			require.Empty(t, tests[0].Recordings)
		})
	}
}

// TestDeployed says which stage runs in production.
func TestDeployed(t *testing.T) {
	t.Parallel()
	require.Equal(t, "v2", exchange.NewTest("", "", family, replay.Config{}).Deployed().Name, "the last one")
	catalogue := *family
	catalogue.Catalogue = true
	require.Equal(t, "v1", exchange.NewTest("", "", &catalogue, replay.Config{}).Deployed().Name,
		"the changes of a catalogue are not released")
}
