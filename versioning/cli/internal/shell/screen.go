package shell

import (
	"fmt"
	"io"
	"os"
	"time"
)

// IsTerminal reports whether a person reads what is written to w. NO_COLOR is
// the convention of no-color.org; a dumb terminal can do neither colour nor
// progress.
func IsTerminal(w io.Writer) bool {
	if stdout, ok := w.(*Watched); ok {
		w = stdout.Writer
	}
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Progress is one line on a terminal that is written over, and nothing on a
// pipe. It begins after a second: what is done by then needs no progress.
type Progress struct {
	w    io.Writer
	next time.Time
	on   bool
}

// NewProgress is the progress of a command that has w for errors.
func NewProgress(w io.Writer) *Progress {
	if !IsTerminal(w) {
		return &Progress{}
	}
	return &Progress{w: w, next: time.Now().Add(time.Second)}
}

// Show writes the line, unless it was written a moment ago.
func (p *Progress) Show(format string, args ...any) {
	if p.w == nil || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(100 * time.Millisecond)
	p.on = true
	fmt.Fprintf(p.w, "\r\x1b[K"+format, args...)
}

// ShowNow shows a step that takes long, however soon it comes.
func (p *Progress) ShowNow(format string, args ...any) {
	p.next = time.Time{}
	p.Show(format, args...)
}

// Seen reports whether anybody sees the line.
func (p *Progress) Seen() bool { return p.w != nil }

// Clear takes the line away.
func (p *Progress) Clear() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
