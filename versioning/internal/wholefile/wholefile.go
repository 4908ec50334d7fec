// Package wholefile writes files in one step: whoever reads one finds it whole, or as
// it was before, however the process that writes it ends.
package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// Replace writes a file, in the place of one that is there. Where the name is a link
// the link is replaced, not what it leads to.
func Replace(path string, mode fs.FileMode, data []byte) error {
	return ReplaceBy(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// ReplaceBy is Replace for what is not in memory. If write fails, so does ReplaceBy,
// and the file is as it was.
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

// Create writes a file whose name is free. The error is fs.ErrExist if it is not, also if
// it was taken in this moment, or by a link that leads nowhere.
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

// Of returns the name of the file that a temporary one, of a process that was killed or
// still writes, was to become; "" if name is not one of a temporary file. The leading
// dot keeps others from taking it for what it is to become.
func Of(name string) string {
	if m := temporaryName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}
