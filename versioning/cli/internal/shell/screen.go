package shell

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// IsTerminal reports whether w is a terminal that can show colour and progress. It is false if
// NO_COLOR is set, which is the convention of no-color.org. It is false for a dumb terminal too,
// which can show neither colour nor progress.
func IsTerminal(w io.Writer) bool {
	file, ok := fileOf(w)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Progress is one line on a terminal that is written again and again. On a pipe Progress writes
// nothing. It begins after a second: work that is done by then needs no progress.
type Progress struct {
	w    io.Writer
	next time.Time
	on   bool
}

// NewProgress returns the progress of a command that writes errors to w.
func NewProgress(w io.Writer) *Progress {
	if !IsTerminal(w) {
		return &Progress{}
	}
	return &Progress{w: w, next: time.Now().Add(time.Second)}
}

// Show writes the line, unless a line was written a moment ago.
func (p *Progress) Show(format string, args ...any) {
	if p.w == nil || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(100 * time.Millisecond)
	p.on = true
	fmt.Fprintf(p.w, "\r\x1b[K"+format, args...)
}

// ShowNow writes the line at once. It is for a step that takes long.
func (p *Progress) ShowNow(format string, args ...any) {
	p.next = time.Time{}
	p.Show(format, args...)
}

// Seen reports whether anybody sees the line.
func (p *Progress) Seen() bool { return p.w != nil }

// Clear removes the line from the terminal.
func (p *Progress) Clear() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// Width is the number of columns of the terminal that w is, and 0 if it is none or nobody knows: a pipe, a file
// or a log has no width.
func Width(w io.Writer) int {
	file, ok := fileOf(w)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// fileOf is the file that w writes to.
func fileOf(w io.Writer) (file *os.File, ok bool) {
	if stdout, ok := w.(*Watched); ok {
		w = stdout.Writer
	}
	file, ok = w.(*os.File)
	return file, ok
}
