// Package wholefile writes files in one step. A reader finds either the complete new file or the
// file as it was before, also if the writing process dies.
package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// Replace writes a file and replaces a file that is already there. If the name is a link, Replace
// replaces the link, and not the file that the link leads to.
func Replace(path string, mode fs.FileMode, data []byte) error {
	return ReplaceBy(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// ReplaceBy is Replace for data that is not in memory. If write fails, ReplaceBy fails too, and the
// file stays as it was.
func ReplaceBy(path string, mode fs.FileMode, write func(io.Writer) error) error {
	temporary, err := beside(path, mode, write)
	if err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		os.Remove(temporary)
		return err
	}
	return nil
}

// Create writes a file whose name is not taken. If the name is taken, the error is fs.ErrExist. The
// same error is returned if another process took the name just now, or if the name is a link that
// leads nowhere.
func Create(path string, mode fs.FileMode, data []byte) error {
	temporary, err := beside(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	err = os.Link(temporary, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// Some file systems have no links.
	if _, taken := os.Lstat(path); taken == nil {
		return fs.ErrExist
	}
	return os.Rename(temporary, path)
}

// beside writes a temporary file in the folder of path, because a rename is one step
// only within a file system. It is on the disk when its name changes, or a machine that
// loses power could have the name without the content.
func beside(path string, mode fs.FileMode, write func(io.Writer) error) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	if err = write(f); err == nil {
		err = errors.Join(f.Chmod(mode), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

var temporaryName = regexp.MustCompile(`^\.(.+)\.[0-9]+$`)

// Of returns the name of the file that a temporary file was to become. The process that wrote the
// temporary file was killed or still writes. Of returns "" if name is not the name of a temporary
// file. Because of the leading dot, nobody takes the temporary file for the final file.
func Of(name string) string {
	if m := temporaryName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}
