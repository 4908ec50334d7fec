package text

import (
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// ExplainOptions say how Explain writes.
type ExplainOptions struct {
	// Color marks what differs with ANSI colours. The colours say nothing that the text does not
	// say.
	Color bool
	// Width is the number of columns of the screen: no line is wider, except code and commands that are to be
	// copied. It is from 80 to 100. 0 means 100.
	Width int
	// All shows every command. Without All, a long history is shortened to what differs and the
	// lines around it.
	All bool
	// Live is what live Workers did in this cell, as Matrix.Observed returns it.
	Live []history.Observation
}

// Explain writes one cell for people. First Explain says what the verdict means for a deploy. Then
// it shows the commands of the history beside the calls of the code, and marks the first
// divergence. At the end it says what the change was, when a live Worker notices, and what to do.
// The Result of the cell should have an Explanation. There is none if nothing was replayed or
// replay.Options.Explain is not set. Explain then explains only the verdict.
//
// No line is wider than Width characters, except lines of Go code that are to be copied. Names and
// values come from files, so characters that would drive a terminal are written as an escape.
func Explain(w io.Writer, opts ExplainOptions, c matrix.Cell) error {
	b := &explainer{terminal.New(w, opts.Color, opts.Width), sidebyside.New(report.Explained{Cell: c, Live: opts.Live}, opts.All)}
	b.header()
	if c.Explanation != nil {
		sidebyside.WriteTable(b.Writer, b.view)
	}
	b.story()
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the explanation: %w", err)
	}
	return nil
}

// header says which cell it is and what it means, before anything else.
func (b *explainer) header() {
	c := b.view.Cell
	b.Printf("%s\n\n", b.Paint(terminal.Bold, prose.Wrap(prose.Plain(c.String()), b.Width, 0)))
	const indent = replay.MaxSymbol + 2
	b.Printf("%s  %s\n", b.Verdict(c.Verdict, replay.MaxSymbol),
		prose.Wrap(fmt.Sprintf("%s: %s", c.Verdict, b.view.Headline()), b.Width, indent))
	if place := b.view.Place(); place != "" {
		b.Printf("%*s%s\n", indent, "", prose.Wrap(place, b.Width, indent))
	}
	if text := b.view.Meaning(); text != "" {
		b.Printf("%*s%s\n", indent, "", prose.Wrap(text, b.Width, indent))
	}
	b.Printf("\n")
}
