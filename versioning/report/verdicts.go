package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/prose"
)

// Verdicts writes one line for each cell: its name, its verdict, and where it
// diverges. It is the format of golden files: stable, and good to read as a
// diff in a pull request. Lines that begin with # are comments.
func Verdicts(w io.Writer, m *matrix.Matrix) error {
	width := 0
	for c := range m.Cells() {
		width = max(width, len(c.Name()))
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s: every recording replayed by every stage. Written by go test with -update; do not edit.\n", m.Family.Name)
	previous := ""
	for c := range m.Cells() {
		if c.Recording != previous {
			fmt.Fprintln(b)
			previous = c.Recording
		}
		fmt.Fprintln(b, VerdictLine(c, width))
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the verdicts of %s: %w", m.Family.Name, err)
	}
	return nil
}

// longestAnswer is the number of characters of an answer that a line shows.
const longestAnswer = 160

// AnswerText says what the replayed workflow answers to a query, on one line.
func AnswerText(a replay.Answer) string {
	if a.Err != "" {
		return fmt.Sprintf("query %s fails: %s", a.Query, prose.Shorten(a.Err, longestAnswer))
	}
	return fmt.Sprintf("query %s answers %s", a.Query, prose.Shorten(a.Value, longestAnswer))
}

// VerdictLine returns the cell's line as Verdicts writes it, with its name
// padded to the width.
func VerdictLine(c matrix.Cell, width int) string {
	line := fmt.Sprintf("%-*s  %s", width, c.Name(), c.Verdict)
	if c.Divergence.Event != 0 {
		line += fmt.Sprintf(" at event %d", c.Divergence.Event)
	}
	if c.Detail != "" {
		line += ": " + c.Detail
	}
	for _, a := range c.Answers {
		line += ", " + AnswerText(a)
	}
	for _, n := range notedOf(c.Findings()) {
		line += ", " + n.short()
	}
	return strings.TrimRight(line, " ")
}
