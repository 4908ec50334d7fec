package judge

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

// emit writes to standard output, or to the file in one step: a file that is
// there is replaced by a whole one or stays as it is. What is no file, such as a
// pipe or a device, is written to as it is.
func (c commands) emit(file string, write func(io.Writer) error) error {
	if file == "" {
		return write(c.Stdout)
	}
	err := writeWhole(file, write)
	if err != nil {
		folder := filepath.Dir(file)
		if _, e := os.Stat(folder); errors.Is(e, fs.ErrNotExist) {
			return fmt.Errorf("writing %s: there is no folder %s: make it first, or name another file", file, folder)
		}
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}

func writeWhole(file string, write func(io.Writer) error) error {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(file); err == nil {
		if !info.Mode().IsRegular() {
			return writeInto(file, write)
		}
		mode = info.Mode().Perm()
		// The file behind a link is the one to replace.
		if file, err = filepath.EvalSymlinks(file); err != nil {
			return err
		}
	}
	return wholefile.ReplaceBy(file, mode, write)
}

func writeInto(device string, write func(io.Writer) error) error {
	w, err := os.OpenFile(device, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(w), w.Close())
}
