package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Test is one call of replaytest.Run.
type Test struct {
	ID string
	// Name is the name of the test, "TestMatrix/order". It is empty if the caller has no name.
	Name      string
	Family    string
	Doc       string
	Catalogue bool `json:",omitempty"`
	Stages    []Stage
	Level     compare.Level
	Allow     []compare.Allow `json:",omitempty"`
	// WorkflowTypes and Scenarios are names of the family's. Folder is where the test reads
	// recordings, as its process calls it; it is empty if that is no folder on disk.
	WorkflowTypes []string `json:",omitempty"`
	Scenarios     []string `json:",omitempty"`
	Folder        string   `json:",omitempty"`
	// Recordings are in the order of matrix.Order.
	Recordings []Recording
}

// A Stage is a versioning.Stage without its code.
type Stage struct{ Name, Doc string }

// A Recording is one file of a Test.
type Recording struct {
	Name string
	// File is the name of the file in the folder of the test's recordings. It is empty if the
	// recording could not be read.
	File string `json:",omitempty"`
	// Err says why the recording could not be read.
	Err string `json:",omitempty"`
}

// NewTest describes the call.
func NewTest(id, name string, f *versioning.Family, config replay.Config) Test {
	t := Test{
		ID: id, Name: name, Family: f.Name, Doc: f.Doc, Catalogue: f.Catalogue,
		Level: cmp.Or(config.Level, compare.Values), Allow: config.Allow, WorkflowTypes: f.WorkflowTypes,
	}
	for _, s := range f.Scenarios {
		t.Scenarios = append(t.Scenarios, s.Name)
	}
	for _, s := range f.Stages {
		t.Stages = append(t.Stages, Stage{Name: s.Name, Doc: s.Doc})
	}
	return t
}

// Deployed returns the stage that runs in production, as far as the family tells. It is the last
// stage, or the base of a catalogue: the other stages of a catalogue are never released.
func (t Test) Deployed() Stage {
	if t.Catalogue {
		return t.Stages[0]
	}
	return t.Stages[len(t.Stages)-1]
}

// Recorded returns the folder of the recordings of the test.
func Recorded(dir, id string) string { return filepath.Join(dir, "tests", id, "recordings") }

// WriteTest copies the recordings of the folder and describes the test. If the folder is missing or
// has no recordings, the test has no recordings.
func WriteTest(dir string, t Test, f *versioning.Family, recordings fs.FS) error {
	sources, err := history.Dir(recordings, ".")
	if err != nil && !errors.Is(err, history.ErrNoRecordings) && !missing(err) {
		return fmt.Errorf("recordings of %s: %w", f.Name, err)
	}
	matrix.Order(f, sources)
	t.Folder = folderOf(recordings)
	final := filepath.Join(dir, "tests", t.ID)
	if err := os.MkdirAll(filepath.Dir(final), 0o755); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(filepath.Dir(final), ".*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := os.Mkdir(filepath.Join(folder, "recordings"), 0o755); err != nil {
		return err
	}
	for _, source := range sources {
		if source.Folder {
			_, err := source.Load()
			t.Recordings = append(t.Recordings, Recording{Name: source.Name, Err: err.Error()})
			continue
		}
		r := Recording{Name: source.Name, File: path.Base(source.Path)}
		unreadable, err := copyRecording(recordings, source.Path, filepath.Join(folder, "recordings", r.File))
		if err != nil {
			return fmt.Errorf("copying recording %s of %s: %w", source.Name, f.Name, err)
		}
		if unreadable != nil {
			r.File, r.Err = "", unreadable.Error()
		}
		t.Recordings = append(t.Recordings, r)
	}
	if err := writeJSON(filepath.Join(folder, "test.json"), t); err != nil {
		return err
	}
	return os.Rename(folder, final)
}

// folderOf returns the folder of an os.DirFS, "" for any other file system.
func folderOf(fsys fs.FS) string {
	if name := reflect.ValueOf(fsys); name.Kind() == reflect.String {
		return name.String()
	}
	return ""
}

// copyRecording tells a file that cannot be read, which is one recording less, from
// a copy that cannot be written, which is the end.
func copyRecording(fsys fs.FS, name, to string) (unreadable, err error) {
	from, unreadable := fsys.Open(name)
	if unreadable != nil {
		return unreadable, nil
	}
	defer from.Close()
	info, unreadable := from.Stat()
	switch {
	case unreadable != nil:
		return unreadable, nil
	case !info.Mode().IsRegular():
		return fmt.Errorf("reading recording %s: it is not a regular file (%s)", name, info.Mode().Type()), nil
	}
	copied, err := os.Create(to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	if info.Size() > history.MaxFileSize {
		// It is refused for its size, so that is all that has to be the same.
		return nil, copied.Truncate(info.Size())
	}
	source := &reader{Reader: from}
	if _, err := io.Copy(copied, source); err != nil && source.err == nil {
		return nil, err
	}
	if source.err != nil {
		return source.err, nil
	}
	return nil, nil
}

// reader keeps its error apart from that of the writer.
type reader struct {
	io.Reader
	err error
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// check refuses what no harness writes: its names become paths.
func (t Test) check(id string) error {
	if t.ID != id {
		return fmt.Errorf("it says that it is the test %q", t.ID)
	}
	if len(t.Stages) == 0 || slices.ContainsFunc(t.Stages, func(s Stage) bool { return s.Name == "" }) {
		return errors.New("it has no stages, or one without a name")
	}
	for _, r := range t.Recordings {
		if r.File != "" && (r.File == "." || !filepath.IsLocal(r.File) || filepath.Base(r.File) != r.File) {
			return fmt.Errorf("%q is no name of a file", r.File)
		}
	}
	return nil
}

// ReadTests returns the tests that have described themselves, sorted by name and family.
func ReadTests(dir string) (tests []Test, err error) {
	entries, err := os.ReadDir(filepath.Join(dir, "tests"))
	if err != nil && !missing(err) {
		return nil, err
	}
	for _, entry := range entries {
		var t Test
		if entry.Name()[0] == '.' {
			continue // left by a test that did not get to its end
		}
		if err := readJSON(filepath.Join(dir, "tests", entry.Name(), "test.json"), &t); err != nil {
			return nil, err
		}
		if err := t.check(entry.Name()); err != nil {
			return nil, fmt.Errorf("reading what the test %s is: %w", entry.Name(), err)
		}
		tests = append(tests, t)
	}
	slices.SortFunc(tests,
		func(a, b Test) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Family, b.Family)) })
	return tests, nil
}
