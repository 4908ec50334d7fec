package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ExplainOptions say how Explain writes.
type ExplainOptions struct {
	// Color marks what differs with ANSI colours. They mean nothing that the text
	// does not say.
	Color bool
	// All shows every command. Without it a long history is shortened to what
	// differs and what is around it.
	All bool
	// Live is what live workers did in this cell, as Matrix.Observed gives it.
	Live []history.Observation
}

// Explain writes one cell for people: what the verdict means for a deploy, the
// commands of the history beside the calls of the code, the first divergence
// marked, and then what the change was, when a live worker notices, and what to
// do. The cell's Result is one with an Explanation; without one, because nothing
// was replayed or Options.Explain is not set, only the verdict is explained.
//
// Nothing is wider than Width characters, but for lines of Go code that are to
// be copied. Names and values come from files: what would drive a terminal is
// written as an escape.
func Explain(w io.Writer, opts ExplainOptions, c matrix.Cell) error {
	b := newExplainWriter(w, opts, c)
	b.header()
	if c.Explanation != nil {
		b.table()
	}
	b.story()
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the explanation: %w", err)
	}
	return nil
}

type explainWriter struct {
	*textWriter
	opts ExplainOptions
	cell matrix.Cell
	// rules has the rule of each difference that one allows, and allowedAt those
	// differences by event.
	rules     map[compare.Difference]compare.Allow
	allowedAt map[int64][]compare.Difference
	// tell and show, if not nil, get the parts of the story and the Go code instead
	// of the writer.
	tell func(label, text string)
	show func(code string)
}

func newExplainWriter(w io.Writer, opts ExplainOptions, c matrix.Cell) *explainWriter {
	b := &explainWriter{
		textWriter: &textWriter{Writer: bufio.NewWriter(w), TextOptions: TextOptions{Color: opts.Color}},
		opts:       opts,
		cell:       c,
		rules:      map[compare.Difference]compare.Allow{},
		allowedAt:  map[int64][]compare.Difference{},
	}
	for _, a := range c.Allowed {
		b.rules[a.Difference] = a.Rule
		b.allowedAt[a.Event] = append(b.allowedAt[a.Event], a.Difference)
	}
	return b
}

// header says which cell it is and what it means, before anything else.
func (b *explainWriter) header() {
	c := b.cell
	b.printf("%s\n\n", b.bold(prose.Wrap(prose.Plain(c.String()), Width, 0)))
	info := c.Verdict.Info()
	const indent = replay.MaxSymbol + 2
	b.printf("%s  %s\n", b.verdict(c.Verdict, replay.MaxSymbol), prose.Wrap(fmt.Sprintf("%s: %s", c.Verdict, info.Doc), Width, indent))
	if place := b.place(); place != "" {
		b.printf("%*s%s\n", indent, "", prose.Wrap(place, Width, indent))
	}
	if text := b.meaning(); text != "" {
		b.printf("%*s%s\n", indent, "", prose.Wrap(text, Width, indent))
	}
	b.printf("\n")
}

// place is where history and code part, in words.
func (b *explainWriter) place() string {
	d := b.cell.Divergence
	if first := b.first(); d.Event == 0 && first != nil && first.Event != nil {
		d.Event, d.EventType = first.Event.GetEventId(), first.Event.GetEventType().String()
	}
	if pin := b.cell.Cause.Pin; pin != nil {
		d.Source = pin.Source
	}
	var parts []string
	if d.Event != 0 {
		parts = append(parts, prose.Plain(fmt.Sprintf("event %d %s", d.Event, d.EventType)))
	}
	if d.Source != "" {
		parts = append(parts, "code at "+prose.Plain(d.Source))
	}
	return strings.TrimSpace(strings.Join(parts, ", "))
}

func (b *explainWriter) first() *replay.Row {
	if b.cell.Explanation == nil {
		return nil
	}
	return b.cell.Explanation.First
}

// meaning answers whether workers of the stage may get such executions.
func (b *explainWriter) meaning() string {
	stage := prose.Plain(b.cell.Stage)
	switch v := b.cell.Verdict; {
	case v == replay.Safe && hasFindings(b.cell):
		return fmt.Sprintf("Workers of %s replay executions such as this one, and the history alone cannot tell whether the finding below breaks it.", stage)
	case v == replay.Safe:
		return fmt.Sprintf("Workers of %s can take executions such as this one.", stage)
	case v == replay.Drift:
		return fmt.Sprintf("Workers of %s take executions such as this one without an error, and do something else than was recorded.", stage)
	case v.Incompatible():
		return fmt.Sprintf("Keep Workers of %s away from executions such as this one while they are open.", stage)
	case v == replay.NotApplicable && b.cell.Explanation != nil:
		return fmt.Sprintf("What follows is what Workers of %s would do if somebody moved it to them.", stage)
	case v == replay.Unstarted:
		return fmt.Sprintf("Workers of %s can begin this execution. That says nothing of one that has begun.", stage)
	case v == replay.Unjudged:
		return "This says nothing about the code, good or bad."
	}
	return ""
}
