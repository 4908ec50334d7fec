package cli

import (
	"fmt"
	"io"
	"os"
	"time"
)

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

// newProgress is the progress of a command that has w for errors.
func newProgress(w io.Writer) *progress {
	if !isTerminal(w) {
		return &progress{}
	}
	return &progress{w: w, next: time.Now().Add(time.Second)}
}

// show writes the line, unless it was written a moment ago.
func (p *progress) show(format string, args ...any) {
	if p.w == nil || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(100 * time.Millisecond)
	p.on = true
	fmt.Fprintf(p.w, "\r\x1b[K"+format, args...)
}

// showNow shows a step that takes long, however soon it comes.
func (p *progress) showNow(format string, args ...any) {
	p.next = time.Time{}
	p.show(format, args...)
}

// seen reports whether anybody sees it.
func (p *progress) seen() bool { return p.w != nil }

// clear takes the line away.
func (p *progress) clear() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
