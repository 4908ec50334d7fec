package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

// emit writes to standard output, or to the file in one step: a file that is
// there is replaced by a whole one or stays as it is. What is no file, such as a
// pipe or a device, is written to as it is.
func (c *Command) emit(file string, write func(io.Writer) error) error {
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

// isTerminal reports whether a person reads what is written to w. NO_COLOR is
// the convention of no-color.org; a dumb terminal can do neither colour nor
// progress.
func isTerminal(w io.Writer) bool {
	if stdout, ok := w.(*watched); ok {
		w = stdout.Writer
	}
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress is one line on a terminal that is written over, and nothing on a
// pipe. It begins after a second: what is done by then needs no progress.
type progress struct {
	w    io.Writer
	next time.Time
	on   bool
}

func newProgress(w io.Writer) *progress {
	if !isTerminal(w) {
		return &progress{}
	}
	return &progress{w: w, next: time.Now().Add(time.Second)}
}

func (p *progress) show(format string, args ...any) {
	if p.w == nil || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(100 * time.Millisecond)
	p.on = true
	fmt.Fprintf(p.w, "\r\x1b[K"+format, args...)
}

func (p *progress) clear() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// watched keeps the first error of a writer: output that is lost, because the
// disk is full for example, is a failure of the command whoever wrote it.
type watched struct {
	io.Writer
	mu  sync.Mutex
	err error
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

func (w *watched) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
