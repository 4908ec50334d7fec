package history_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

func TestWriteFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"initial+patched.completed.json", "initial+patched.completed.json.gz"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			dir := filepath.Join(root, "patching")
			require.NoError(t, os.Mkdir(dir, 0o755))
			file := filepath.Join(dir, name)
			require.NoError(t, os.WriteFile(file, []byte("old"), 0o600))
			require.NoError(t, history.WriteFile(file, recording()))
			first, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, history.WriteFile(file, recording()))
			second, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, first, second, "the same recording is the same file")
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, entries, 1, "a temporary file was left behind")
			got, err := history.ReadFile(os.DirFS(root), "patching/"+name)
			require.NoError(t, err)
			if diff := cmp.Diff(recording(), got, protocmp.Transform()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestPreferred keeps what a sweep notes, and the file readable for who does not know the key.
func TestPreferred(t *testing.T) {
	t.Parallel()
	r := recording()
	r.Preferred = map[string]int{"Step 1": -1, "my-patch": 20260131}
	data, err := history.Encode(r)
	require.NoError(t, err)
	require.Contains(t, string(data), "\"preferred\": {\n      \"Step 1\": -1,\n      \"my-patch\": 20260131\n    },")
	got, err := history.Decode("patching/initial+patched.completed.json", data)
	require.NoError(t, err)
	if diff := cmp.Diff(r, got, protocmp.Transform()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	without, err := history.Encode(recording())
	require.NoError(t, err)
	require.NotContains(t, string(without), "preferred")
}

func TestWriteFileRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const rule = "name the file NAME.json or NAME.json.gz, and not live or with a leading . or _"
	for _, name := range []string{"live.json", ".hidden.json", "_draft.json", "a.pb", "a.pb.gz", "a.txt", "a.gz"} {
		require.EqualError(t, history.WriteFile(name, recording()), "writing recording "+name+": "+rule)
	}
	err := history.WriteFile(filepath.Join(dir, "missing", "a.json"), recording())
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Contains(t, err.Error(), "writing recording ")

	file := filepath.Join(dir, "a.json")
	require.NoError(t, os.WriteFile(file, []byte("old"), 0o600))
	var e *history.FormatError
	require.ErrorAs(t, history.WriteFile(file, &history.Recording{Name: "a"}), &e)
	require.Equal(t, history.KindNoEvents, e.Kind)
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "old", string(kept), "a recording that is refused leaves the old file alone")
}

func TestReadFileErrors(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"patching/empty.json": {}, "patching/folder/x": {}}
	_, err := history.ReadFile(fsys, "patching/none.json")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.EqualError(t, err, "reading recording patching/none.json: open patching/none.json: file does not exist")
	_, err = history.ReadFile(fsys, "patching/folder")
	require.EqualError(t, err, "reading recording patching/folder: it is a folder; name a file in it")
	_, err = history.ReadFile(fsys, "patching/empty.json")
	require.EqualError(t, err, "recording patching/empty.json: the file is empty; download the history with: "+show)
}

// unread is a file system whose one file says that it is huge, and that fails the test when it is
// read.
type unread struct{ t *testing.T }

func (u unread) Open(string) (fs.File, error) {
	u.t.Error("the file was opened")
	return nil, fs.ErrPermission
}
func (u unread) Stat(string) (fs.FileInfo, error) { return u, nil }
func (u unread) Name() string                     { return "huge.json" }
func (u unread) Size() int64                      { return 500 << 20 }
func (u unread) Mode() fs.FileMode                { return 0o644 }
func (u unread) ModTime() time.Time               { return time.Time{} }
func (u unread) IsDir() bool                      { return false }
func (u unread) Sys() any                         { return nil }

func TestReadFileDoesNotReadHugeFiles(t *testing.T) {
	t.Parallel()
	_, err := history.ReadFile(unread{t}, "orders/huge.json")
	require.EqualError(t, err, "recording orders/huge.json: the file has 500 MB, more than the 256 MB that are "+
		"read; check that the file is a single workflow history")
}

func TestDir(t *testing.T) {
	t.Parallel()
	data, err := history.Encode(recording())
	require.NoError(t, err)
	file := &fstest.MapFile{Data: data}
	fsys := fstest.MapFS{"MANIFEST": file, "docs/README.md": file}
	for _, name := range []string{
		"version-1.completed.json", "initial.completed.json.gz", "b.pb", "a.binpb", "c.pb.gz",
		"live.json", "live.json.gz", "MANIFEST", "README.md", ".initial.json.123", ".hidden.json", "_draft.json",
		"d.JSON", "e.txt", "f", "photo.png", ".json",
		".gitkeep", "LICENSE", "readme.txt", "Live.json", "embed.go", "go.mod", "x.matrix", "g.json~", "g.json.bak",
		"h.json.part",
		"below/x.json", "folder.json/x.json",
	} {
		fsys["histories/patching/"+name] = file
	}
	sources, err := history.Dir(fsys, "histories/patching")
	require.NoError(t, err)
	var got []string
	for _, s := range sources {
		require.Equal(t, "patching", s.Family)
		got = append(got, s.Name+" "+s.Path)
	}
	require.Equal(t, []string{
		"a histories/patching/a.binpb",
		"b histories/patching/b.pb",
		"below (folder) histories/patching/below",
		"c histories/patching/c.pb.gz",
		"d histories/patching/d.JSON",
		"e.txt histories/patching/e.txt",
		"f histories/patching/f",
		"folder.json (folder) histories/patching/folder.json",
		"initial.completed histories/patching/initial.completed.json.gz",
		"photo.png histories/patching/photo.png",
		"version-1.completed histories/patching/version-1.completed.json",
	}, got)
	for _, s := range sources {
		_, err := s.Load()
		if s.Folder {
			require.EqualError(t, err, "recording "+s.Path+
				": it is a folder with histories in it, and folders below are not read; "+
				"move them up, or the folder elsewhere, or let its name begin with an underscore")
			continue
		}
		require.NoError(t, err, "a history is one under any name")
	}
	r, err := sources[10].Load()
	require.NoError(t, err)
	require.Equal(t, "patching/version-1.completed", r.String())
	require.Equal(t, []string{"initial", "patched"}, r.Lineage, "the file says so, whatever its name")
}

// TestDirStrays tells what a file without the extension of a recording is, and that it may lie
// elsewhere.
func TestDirStrays(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "photo.png"), []byte("\x89PNG\r\n\x1a\n"), 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(root, "older"), 0o755))
	require.NoError(t, os.Symlink("older", filepath.Join(root, "latest")))
	sources, err := history.Dir(os.DirFS(root), ".")
	require.NoError(t, err)
	require.Len(t, sources, 1, "a link to a folder is no file")
	_, err = sources[0].Load()
	require.EqualError(t, err,
		"recording photo.png: the file is not a workflow history but a PNG image; download the history with: "+show+
			"; if it is not meant to be a recording, move it, or let its name begin with an underscore")
	var e *history.FormatError
	require.ErrorAs(t, err, &e)
	require.Equal(t, history.KindNotHistory, e.Kind)
}

// once is a file system whose files give their first bytes only: who reads on fails the test.
type once struct {
	fs.FS
	t *testing.T
}

func (o once) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	return &firstBytes{File: f, t: o.t}, err
}

type firstBytes struct {
	fs.File
	t    *testing.T
	read int
}

func (f *firstBytes) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if f.read += n; f.read > 4096 {
		f.t.Error("more than the first bytes were read")
	}
	return n, err
}

func TestReadFilePeeks(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, want := range map[string]string{
		"film.mp4":   "the file is binary, but not protobuf of a workflow history",
		"image.json": "the file is not a workflow history but a PNG image",
		"page.json":  `the file is a web page (it begins with "<html>")`,
	} {
		head := map[string]string{"film.mp4": "\x00\x00\x00\x20ftypisom", "image.json": "\x89PNG",
			"page.json": "<html>\n"}[name]
		file := filepath.Join(root, name)
		require.NoError(t, os.WriteFile(file, []byte(head), 0o644))
		require.NoError(t, os.Truncate(file, 100<<20))
		_, err := history.ReadFile(once{os.DirFS(root), t}, name)
		require.ErrorContains(t, err, "recording "+name+": "+want)
	}
	// What the first bytes do not tell is read as a whole.
	large := recording()
	large.WorkflowID = strings.Repeat("x", 5<<20)
	data, err := history.Encode(large)
	require.NoError(t, err)
	_, err = history.ReadFile(fstest.MapFS{"large.json": {Data: data},
		"blank.json": {Data: []byte(strings.Repeat("\n", 5<<20))}}, "large.json")
	require.NoError(t, err)
	_, err = history.ReadFile(fstest.MapFS{"blank.json": {Data: []byte(strings.Repeat("\n", 5<<20))}}, "blank.json")
	require.ErrorContains(t, err, "the file holds nothing but white space")
}

func TestDirErrors(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"docs/README.md": {}, "bad/a.json": {}}
	_, err := history.Dir(fsys, "docs")
	require.ErrorIs(t, err, history.ErrNoRecordings)
	require.EqualError(t, err,
		"listing recordings in docs: no recordings: expected files that end in .json, .json.gz, .pb, .binpb or .pb.gz")
	_, err = history.Dir(fsys, "none")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.True(t, strings.HasPrefix(err.Error(), "listing recordings in none: "), err)
	var e *history.FormatError
	sources, err := history.Dir(fsys, "bad")
	require.NoError(t, err, "Dir reads nothing but the folder")
	_, err = sources[0].Load()
	require.ErrorAs(t, err, &e)
	require.Equal(t, history.KindEmpty, e.Kind)
}

// TestDuplicateNames has several files for one name: one of them is judged, always the same one,
// and the others say why they are not. None of them hides the rest of the folder.
func TestDuplicateNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why   string
		files []string
		// want are the recordings by name, with their file, and for the others with the reason.
		want map[string]string
	}{
		{"compressed and not", []string{"a.json.gz", "a.json", "b.json"},
			map[string]string{"a": "a.json", "a.json.gz": "a.json", "b": "b.json"}},
		{"the name of one is the file name of the other", []string{"order", "order.json"},
			map[string]string{"order": "order.json", "order (file)": "order.json"}},
		{"in capitals", []string{"a.JSON", "a.json", "a.Json"},
			map[string]string{"a": "a.JSON", "a.Json": "a.JSON", "a.json": "a.JSON"}},
		{"the new name is taken", []string{"a.json", "a.json.gz", "a.json.gz.json"},
			map[string]string{"a": "a.json", "a.json.gz": "a.json.gz.json", "a.json.gz (file)": "a.json"}},
		{"all of them", []string{"a", "a.pb.gz", "a.binpb", "a.pb"},
			map[string]string{"a": "a.pb", "a.binpb": "a.pb", "a.pb.gz": "a.pb", "a (file)": "a.pb"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			fsys := fstest.MapFS{}
			for _, file := range tt.files {
				fsys["f/"+file] = &fstest.MapFile{}
			}
			sources, err := history.Dir(fsys, "f")
			require.NoError(t, err)
			got, names := map[string]string{}, []string{}
			for _, s := range sources {
				names = append(names, s.Name)
				_, err := s.Load()
				var e *history.FormatError
				require.ErrorAs(t, err, &e)
				if e.Kind != history.KindDuplicateName {
					got[s.Name] = strings.TrimPrefix(s.Path, "f/")
					continue
				}
				require.Nil(t, s.Read, "a cache must not have it")
				require.Equal(t, "recording "+s.Path+": it stands for the same recording as f/"+tt.want[s.Name]+
					"; remove one of the two", err.Error())
				got[s.Name] = tt.want[s.Name]
			}
			require.Equal(t, tt.want, got)
			require.True(t, slices.IsSorted(names), names)
		})
	}
}
