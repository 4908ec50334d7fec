package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// folderSource stands for a folder below that has histories in it: it is not read, and its Load
// says so.
func folderSource(family, file string) Source {
	err := &FormatError{Path: file, Kind: KindFolder,
		Detail: "it is a folder with histories in it, and folders below are not read"}
	return Source{Family: family, Name: path.Base(file) + " (folder)", Path: file, Folder: true,
		Load: func() (*Recording, error) { return nil, err }}
}

// hasHistories reports whether a file in the folder, or in one below it, begins like a history.
// What else lies there, as the golden files of other tests, is nobody's business here.
func hasHistories(fsys fs.FS, dir string) bool {
	found := errors.New("one is enough")
	err := fs.WalkDir(fsys, dir, func(file string, entry fs.DirEntry, err error) error {
		base := path.Base(file)
		switch {
		case err != nil:
			return nil //nolint:nilerror // what cannot be listed is no history that anybody could read
		case file != dir && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && !isBeside(base):
			if looksLikeHistory(head(fsys, file)) {
				return found
			}
		}
		return nil
	})
	return errors.Is(err, found)
}

// head returns the first bytes of a regular file, decompressed, nil if they cannot be read.
func head(fsys fs.FS, file string) []byte {
	const enough = 1 << 10
	if info, err := stat(fsys, file); err != nil || !info.Mode().IsRegular() {
		return nil // to open a pipe would wait for ever
	}
	f, err := fsys.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	return firstBytes(f, enough)
}

func firstBytes(r io.Reader, n int) []byte {
	data := make([]byte, n)
	n, _ = io.ReadFull(r, data)
	data = data[:n]
	if !bytes.HasPrefix(data, gzipMagic) {
		return data
	}
	unpacked := make([]byte, n)
	n = unpackSome(data, unpacked)
	return unpacked[:n]
}

var historyKeys = [][]byte{[]byte(`"events"`), []byte(`"eventId"`), []byte(`"event_id"`), []byte(`"history"`),
	[]byte(`"` + metadataKey + `"`)}

func looksLikeHistory(data []byte) bool {
	if beginsLikeHistory(data) {
		return true
	}
	text := bytes.TrimLeft(data, " \t\r\n\xef\xbb\xbf")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	return slices.ContainsFunc(historyKeys, func(key []byte) bool { return bytes.Contains(text, key) })
}

// NoRecordingsError is the error of Dir for a folder without any recordings. It wraps
// ErrNoRecordings.
type NoRecordingsError struct {
	Dir string
	// Below are the names of the folders in Dir that have histories. These folders are not read.
	Below []string
}

func (e *NoRecordingsError) Error() string {
	hint := ""
	if len(e.Below) > 0 {
		hint = "; there are histories in folders below, which are not read: " + strings.Join(e.Below, ", ")
	}
	return fmt.Sprintf("listing recordings in %s: %v: expected files that end in .json, .json.gz, .pb, .binpb or "+
		".pb.gz%s", e.Dir, ErrNoRecordings, hint)
}

// Unwrap returns ErrNoRecordings.
func (e *NoRecordingsError) Unwrap() error { return ErrNoRecordings }

func noRecordings(dir string, below []Source) error {
	e := &NoRecordingsError{Dir: dir}
	for _, s := range below {
		e.Below = append(e.Below, path.Base(s.Path))
	}
	return e
}
