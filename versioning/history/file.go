package history

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

// ReadFile reads one recording. A file larger than MaxFileSize is refused before it is read.
//
// The error is a *FormatError if the file is not a recording (see Decode). Any other error comes
// from the file system, and errors.Is recognises it as fs.ErrNotExist and so on.
func ReadFile(fsys fs.FS, path string) (*Recording, error) {
	data, err := readBytes(fsys, path)
	if err != nil {
		return nil, err
	}
	return Decode(path, data)
}

// readBytes reads what Decode gets, and refuses what is not even a file for it.
func readBytes(fsys fs.FS, path string) ([]byte, error) {
	size, err := readable(fsys, path)
	if err != nil {
		return nil, err
	}
	if err := peek(fsys, path, size); err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(fsys, path)
	if err != nil {
		return nil, fmt.Errorf("reading recording %s: %w", path, err)
	}
	return data, nil
}

// readable returns the size of a file that may be read.
func readable(fsys fs.FS, path string) (int64, error) {
	info, err := stat(fsys, path)
	switch {
	case err != nil:
		return 0, fmt.Errorf("reading recording %s: %w", path, err)
	case info.IsDir():
		return 0, fmt.Errorf("reading recording %s: it is a folder; name a file in it", path)
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("reading recording %s: it is not a regular file (%s)", path, info.Mode().Type())
	case info.Size() > MaxFileSize:
		return 0, tooLarge(path, info.Size(), MaxFileSize)
	}
	return info.Size(), nil
}

// peek refuses a large file by its first bytes where they are enough: a film is not worth its size
// in memory.
func peek(fsys fs.FS, path string, size int64) error {
	const large, enough = 4 << 20, 512
	if size < large {
		return nil
	}
	f, err := fsys.Open(path)
	if err != nil {
		return fmt.Errorf("reading recording %s: %w", path, err)
	}
	defer f.Close()
	head := make([]byte, enough)
	n, err := io.ReadFull(f, head)
	if err != nil {
		return nil // whoever reads the whole file tells it better
	}
	data, err := unpack(path, head[:n], MaxFileSize)
	if err != nil {
		return nil // compressed: a part of it does not decompress
	}
	var format *FormatError
	if _, err := sniff(path, data); errors.As(err, &format) && format.Kind != KindEmpty {
		return err
	}
	return nil
}

// WriteFile writes a recording where Dir will find it. The path must end in .json, or in .json.gz
// for a compressed file. The folder must exist. WriteFile replaces an existing file in one step.
// After a crash, and for every reader, there is the old file or the new file, never a part of a
// file.
//
// The error is a *FormatError if the recording cannot be encoded (see Encode). Any other error
// comes from the file system.
func WriteFile(path string, r *Recording) error {
	base := filepath.Base(path)
	if _, ok := recordingName(base); !ok || !strings.HasSuffix(strings.TrimSuffix(base, ".gz"), ".json") {
		return fmt.Errorf("writing recording %s: name the file NAME.json or NAME.json.gz, and not live or with a "+
			"leading . or _", path)
	}
	data, err := Encode(r)
	if err != nil {
		return err
	}
	if strings.HasSuffix(base, ".gz") {
		if data, err = compress(data); err != nil {
			return fmt.Errorf("writing recording %s: %w", path, err)
		}
	}
	if err := wholefile.Replace(path, 0o644, data); err != nil {
		return fmt.Errorf("writing recording %s: %w", path, err)
	}
	return nil
}

// compress leaves name and time out of the gzip header, so that equal recordings are equal files.
func compress(data []byte) ([]byte, error) {
	var out bytes.Buffer
	zw, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := zw.Write(data); err != nil {
		return nil, err
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
