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

// ErrNoRecordings is in the error that Dir returns for a folder without recordings. If there is
// nothing to check, that is a mistake, not a success.
var ErrNoRecordings = errors.New("no recordings")

// Source is a recording that has not been read.
type Source struct {
	// Family and Name are the Family and Name that the Recording will have.
	Family, Name string
	// Path is the path of the file in the file system that was given to Dir. The executions of one
	// export file are several sources with the same Path.
	Path string
	// Folder is whether Path is a folder that has histories. They are not read. Load returns an
	// error that says so.
	Folder bool
	// Load reads and checks the file, each time it is called. Its errors are those of ReadFile.
	// Several goroutines may call Load at once if the file system allows that.
	Load func() (*Recording, error)
	// Read, if not nil, reads the file without checking its content. Decode(Path, data) with these
	// bytes returns what Load returns. A cache uses Read to get the bytes and the recording from
	// the same read. Whoever replaces Load must replace Read and Weigh too, or set them to nil. Read is nil
	// for a source that is a part of a file.
	Read func() ([]byte, error)
	// Weigh, if not nil, returns how many bytes of memory Load takes at most, without keeping anything of the file. What
	// reads many files at once uses it to stay within what there is. Its errors are those of Load.
	Weigh func() (int64, error)
}

// File is the source of one file, which has one recording.
func File(fsys fs.FS, path string) Source {
	family, name := splitPath(path)
	return Source{
		Family: family,
		Name:   name,
		Path:   path,
		Load:   func() (*Recording, error) { return ReadFile(fsys, path) },
		Read:   func() ([]byte, error) { return readBytes(fsys, path) },
		Weigh:  func() (int64, error) { return weigh(fsys, path) },
	}
}

// Dir lists the recordings of one folder, sorted by name. It reads only the exports of Temporal
// Cloud, no other file. Each execution of an export is a source. Its name is FILE_WORKFLOWID_RUNID,
// with hyphens for characters that a file name cannot have.
//
// Every file is taken for a recording, whatever its name is. If a file turns out to be none,
// such as an image, its Load returns an error. Dir leaves out: names that begin with a dot or
// an underscore; live.json; what commonly lies beside recordings (MANIFEST, README, LICENSE,
// and files that end in .md, .go, .mod, .sum, .sha256, .matrix, .places, .golden or .txtar);
// copies and downloads that editors and browsers leave (.bak, .orig, .tmp, .part, .crdownload,
// ~).
//
// The name of a recording is the file name without .json, .json.gz, .pb, .binpb or .pb.gz, in
// capitals too. Several files can have the same name for their recording, as a.json and a.json.gz.
// The first file gets the name, in the order of these extensions. Each other file is a source under
// its own file name. Its Load returns a *FormatError of KindDuplicateName, because nobody can tell
// which file is meant.
//
// Folders below are not read. A folder with histories in it is a source called "NAME
// (folder)", and its Load returns a *FormatError of KindFolder. So nothing is left out without
// a word.
//
// The error is a *NoRecordingsError if the folder has no recordings. It names the folders
// below that have histories. Other errors are those of the file system.
func Dir(fsys fs.FS, dir string) ([]Source, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("listing recordings in %s: %w", dir, err)
	}
	var sources, folders []Source
	for _, entry := range entries {
		file := path.Join(dir, entry.Name())
		family, _ := splitPath(file)
		if entry.IsDir() || isFolder(fsys, file, entry) {
			if hidden := strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_"); !hidden &&
				hasHistories(fsys, file) {
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
		source := File(fsys, file)
		if _, ok := recordingName(entry.Name()); !ok {
			source.Load, source.Read, source.Weigh = stray(source.Load), nil, stray(source.Weigh)
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
