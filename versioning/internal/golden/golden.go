// Package golden writes the lines of golden files.
package golden

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Write writes one line for each cell: its name, its verdict, the event at which it diverges, its
// cause, and its answers and findings. A verdict in parentheses is the verdict if the execution
// were moved to the stage. This is the format of golden files. The format is stable, because only a
// cell with an error has a sentence for people. As a diff in a pull request, the lines read well.
// Lines that begin with # are comments.
func Write(w io.Writer, m *matrix.Matrix) error {
	width := 0
	for c := range m.Cells() {
		width = max(width, len(c.Name()))
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s: every recording replayed by every stage. Written by go test with -update; do not edit.\n",
		m.Family.Name)
	previous := ""
	for c := range m.Cells() {
		if c.Recording != previous {
			fmt.Fprintln(b)
			previous = c.Recording
		}
		fmt.Fprintln(b, Line(c, width))
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the verdicts of %s: %w", m.Family.Name, err)
	}
	return nil
}

// Line returns the cell's line as Write writes it. The name is padded to the width.
func Line(c matrix.Cell, width int) string {
	line := fmt.Sprintf("%-*s  %s", width, c.Name(), c.Verdict)
	if c.Place.Event != 0 {
		line += fmt.Sprintf(" @%d", c.Place.Event)
	}
	if c.Moved != "" {
		line += fmt.Sprintf(" (%s)", c.Moved)
	}
	if cause := prose.Plain(c.Cause.String()); cause != "" {
		line += " " + cause
	}
	if c.Err != nil {
		line += ": " + prose.Plain(advice.Line(c.Result))
	}
	return strings.TrimRight(line+words.Seen(c), " ")
}
