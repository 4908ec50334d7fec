package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Verdicts writes one line for each cell: its name, its verdict, the event at which it
// diverges, its cause and its answers. It is the format of golden files: stable, as it holds
// no sentence for people, and good to read as a diff in a pull request. Lines that begin
// with # are comments.
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
		line += fmt.Sprintf(" @%d", c.Divergence.Event)
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
	return strings.TrimRight(line+seenText(c), " ")
}

// CellLine says the same for people, without the name: what is wrong, and what to do.
func CellLine(c matrix.Cell) string {
	line := string(c.Verdict)
	if c.Divergence.Event != 0 {
		line += fmt.Sprintf(" at event %d", c.Divergence.Event)
	}
	if what := prose.Plain(advice.Line(c.Result)); what != "" {
		line += ": " + what
	}
	return line + seenText(c)
}

// seenText is what the replay has seen besides: answers to queries, and findings.
func seenText(c matrix.Cell) (text string) {
	for _, a := range c.Answers {
		text += ", " + AnswerText(a)
	}
	for _, n := range notedOf(c.Findings()) {
		text += ", " + n.short()
	}
	return text
}
