package history

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// ErrNoRecordings is in the error that Dir returns for a folder without recordings: nothing to check is a mistake, not a
// success.
var ErrNoRecordings = errors.New("no recordings")

// Source is a recording that has not been read.
type Source struct {
	// Family and Name are those that the Recording will have.
	Family, Name string
	// Path is the file, in the file system that was given to Dir. Several sources have the same one if it is an export of
	// several executions.
	Path string
	// Folder is whether Path is a folder below with histories in it, which are not read: Load says so.
	Folder bool
	// Load reads and checks the file, each time it is called; errors as ReadFile. It may be called by several
	// goroutines at once if the file system allows that.
	Load func() (*Recording, error)
	// Read, if not nil, reads the file without checking what is in it: Decode(Path, data) of the same bytes is what
	// Load does. A cache needs both, the bytes and what they hold, of one and the same read. Who replaces Load replaces
	// it too, or sets it to nil, as it is for what is a part of a file.
	Read func() ([]byte, error)
}

// Dir lists the recordings of one folder, sorted by name, without reading them. Only an export of Temporal Cloud is read,
// because it is a source for each of its executions: they are called FILE_WORKFLOWID_RUNID, as far as the export has these,
// with hyphens for what a file name could not have.
//
// Folders below are not read. One that has histories in it is a source of its own, called "NAME (folder)", whose Load gives
// a *FormatError of KindFolder: nothing is left out without a word.
//
// Every file is taken for a recording, whatever it is called: a download without an extension is one, and what turns out
// to be none, as an image, is an error of its Load, not left out without a word. Only these are left out: names that begin
// with a dot or an underscore; live.json, which holds what live workers did; what commonly lies beside recordings
// (MANIFEST, README, LICENSE, files that end in .md, .go, .mod, .sum, .sha256, .matrix, .places, .golden or .txtar); and copies and
// downloads that editors and browsers leave (.bak, .orig, .tmp, .part, .crdownload, ~). The name of a recording is that
// of the file without .json, .json.gz, .pb, .binpb or .pb.gz, in capitals too. Where several files stand for one name, as
// a.json and a.json.gz, the first in the order of these extensions has it; each of the others is a source of its own, called
// as its file is, whose Load gives a *FormatError of KindDuplicateName: nobody can tell which one is meant.
//
// The error is a *NoRecordingsError if there are none but in folders below, which it names, else it is one of the file system.
func Dir(fsys fs.FS, dir string) ([]Source, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("listing recordings in %s: %w", dir, err)
	}
	var sources, folders []Source
	for _, entry := range entries {
		file := path.Join(dir, entry.Name())
		family, name := splitPath(file)
		if entry.IsDir() || isFolder(fsys, file, entry) {
			if hidden := strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_"); !hidden && hasHistories(fsys, file) {
				folders = append(folders, folderSource(family, file))
			}
			continue
		}
		if isBeside(entry.Name()) {
			continue
		}
		if !strings.HasSuffix(strings.ToLower(strings.TrimSuffix(entry.Name(), ".gz")), ".json") {
			if several := exportSources(fsys, family, file); several != nil {
				sources = append(sources, several...)
				continue
			}
		}
		source := Source{
			Family: family,
			Name:   name,
			Path:   file,
			Load:   func() (*Recording, error) { return ReadFile(fsys, file) },
			Read:   func() ([]byte, error) { return readBytes(fsys, file) },
		}
		if _, ok := recordingName(entry.Name()); !ok {
			source.Load, source.Read = stray(source.Load), nil
		}
		sources = append(sources, source)
	}
	if len(sources) == 0 {
		return nil, noRecordings(dir, folders)
	}
	sources = append(sources, folders...)
	byName := func(a, b Source) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(sources, func(a, b Source) int {
		return cmp.Or(byName(a, b), rank(a.Path)-rank(b.Path), strings.Compare(a.Path, b.Path))
	})
	setDuplicatesApart(sources)
	slices.SortFunc(sources, byName)
	return sources, nil
}
