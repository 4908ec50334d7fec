// Package terminal writes lines for people. The lines have a width, and colours if the caller asks
// for colours.
package terminal

import (
	"bufio"
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Widest is the number of columns that lines fit in where nobody says that there are fewer. Narrowest is the
// least: a screen with fewer columns wraps the lines.
const (
	Widest    = 100
	Narrowest = 80
)

// A Color is the escape sequence that switches a terminal to the colour.
type Color string

// The colours, of which Bold can precede another.
const (
	Red    Color = "\x1b[31m"
	Green  Color = "\x1b[32m"
	Yellow Color = "\x1b[33m"
	Bold   Color = "\x1b[1m"

	reset = "\x1b[0m"
)

// A Writer writes lines, and keeps the first error for Flush.
type Writer struct {
	*bufio.Writer
	// Width is the number of columns that lines are to fit in.
	Width    int
	colored  bool
	harmless *harmless
}

// New returns a Writer. The Writer leaves colours out unless colored is true. The width is that of the screen, or 0
// for Widest.
func New(w io.Writer, colored bool, width int) *Writer {
	if width == 0 {
		width = Widest
	}
	h := &harmless{to: w, colored: colored}
	return &Writer{bufio.NewWriter(h), min(max(width, Narrowest), Widest), colored, h}
}

// Flush writes what is left, and returns the first error of all that was written.
func (w *Writer) Flush() error {
	if err := w.Writer.Flush(); err != nil {
		return err
	}
	return w.harmless.flush()
}

// Printf writes as fmt.Fprintf does.
func (w *Writer) Printf(format string, args ...any) { fmt.Fprintf(w, format, args...) }

// Paint returns the text in the colour.
func (w *Writer) Paint(c Color, text string) string {
	if !w.colored {
		return text
	}
	return string(c) + text + reset
}

// Verdict returns the coloured symbol of the verdict. The symbol is padded to the width, without
// counting the colour.
func (w *Writer) Verdict(v replay.Verdict, width int) string {
	s := fmt.Sprintf("%-*s", width, v.Info().Symbol)
	switch {
	case v == replay.Safe:
		return w.Paint(Green, s)
	case v.Incompatible():
		return w.Paint(Red, s)
	default:
		return w.Paint(Yellow, s)
	}
}
