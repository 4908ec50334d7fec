package sidebyside

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// WriteTable writes the commands of the history beside the calls of the code.
func WriteTable(w *terminal.Writer, v *View) {
	b := &table{w, v}
	blocks := v.Blocks()
	if len(blocks) == 0 {
		return
	}
	l := layoutOf(blocks, b.Width)
	if !v.Brief {
		b.legendOf(blocks)
	}
	heading := "code"
	if l.file != "" {
		heading = "code in " + l.file
	}
	width := b.Width - l.indent() - l.history - between
	b.Printf("%*s  %-*s%*s%s\n", l.indent()-2, "event", l.history, "history", between, "",
		b.Paint(terminal.Bold, prose.Shorten(heading, width)))
	for i := 0; i < len(blocks); {
		if n := HiddenBlocks(blocks[i:]); n > 0 {
			b.Printf("%s\n", HiddenText(blocks[i:i+n]))
			i += n
			continue
		}
		b.block(l, blocks[i])
		i++
	}
	if text := v.Unreached(blocks); text != "" {
		b.Printf("%s\n", text)
	}
	b.Printf("\n")
}

// HiddenBlocks is the number of blocks at the beginning that are left out.
func HiddenBlocks(blocks []Block) (n int) {
	for n < len(blocks) && blocks[n].wholeHidden() {
		n++
	}
	return n
}

// HiddenText says what is left out by hiding these Workflow Tasks.
func HiddenText(blocks []Block) string {
	var lines []Line
	for _, block := range blocks {
		lines = append(lines, block.Lines...)
	}
	first, last := blocks[0].number, blocks[len(blocks)-1].number
	if first == last {
		return fmt.Sprintf("Workflow Task %d: %s", first, LeftOut(lines))
	}
	return fmt.Sprintf("Workflow Tasks %d to %d: %s", first, last, LeftOut(lines))
}

// Heading names the Workflow Task.
func (b Block) Heading() string {
	heading := fmt.Sprintf("Workflow Task %d", b.number)
	switch {
	case b.task.Completed != 0:
		heading += fmt.Sprintf(", events %d to %d", b.task.Started, b.task.Completed)
	case b.task.Started != 0:
		heading += fmt.Sprintf(", from event %d on, not completed", b.task.Started)
	}
	if len(b.Lines) == 0 {
		heading += ": no commands"
	}
	return heading
}

func (b *table) block(l layout, block Block) {
	heading := block.Heading()
	if block.First {
		heading = pointer + " " + heading
	}
	if len(block.Lines) == 0 {
		b.Printf("%s\n", heading)
		return
	}
	if block.First {
		b.Printf("%s\n", b.Paint(terminal.Bold+terminal.Red, heading))
	} else {
		b.Printf("%s\n", b.Paint(terminal.Bold, heading))
	}
	for i := 0; i < len(block.Lines); {
		n := i
		for n < len(block.Lines) && block.Hidden[n] {
			n++
		}
		if n > i {
			b.Printf("%*s… %s\n", l.indent(), "", LeftOut(block.Lines[i:n]))
			i = n
			continue
		}
		b.line(l, block.Lines[i])
		i++
	}
}

// Unreached says that the history continues after the point where the replay ends. It is "" if the
// history does not continue.
func (v *View) Unreached(blocks []Block) string {
	t := v.Cell.Explanation.Trace
	last := blocks[len(blocks)-1].task.Completed
	if t == nil || last == 0 {
		return ""
	}
	more := 0
	for _, e := range t.Events {
		if e.GetEventId() > last && e.GetWorkflowTaskCompletedEventAttributes() != nil {
			more++
		}
	}
	if more == 0 {
		return ""
	}
	return fmt.Sprintf("Not replayed any more: %s, up to event %d", prose.Plural(more, "Workflow Task"),
		t.Events[len(t.Events)-1].GetEventId())
}

// legendOf explains the marks that occur.
func (b *table) legendOf(blocks []Block) {
	occurs, hidden := map[string]bool{}, false
	pointed := false
	for _, block := range blocks {
		pointed = pointed || block.First
		for i, line := range block.Lines {
			occurs[line.Mark] = occurs[line.Mark] || !block.Hidden[i]
			pointed = pointed || line.First
		}
		hidden = hidden || slices.Contains(block.Hidden, true)
	}
	var parts []string
	if pointed {
		parts = append(parts, pointer+" "+Pointed(b.view.Cell))
	}
	for _, m := range marks {
		if occurs[m.mark] {
			parts = append(parts, m.mark+" "+m.doc)
		}
	}
	if len(parts) > 0 {
		const gap = "   "
		line := parts[0]
		for _, part := range parts[1:] {
			if len(line+gap+part) > b.Width {
				b.Printf("%s\n", line)
				line = part
				continue
			}
			line += gap + part
		}
		b.Printf("%s\n", line)
	}
	if hidden {
		b.Printf("%s\n", prose.Wrap("What is far from any divergence is left out; --all shows it (in Go: ExplainOptions.All).",
			b.Width, 0))
	}
	b.Printf("\n")
}

// line writes a line of the table, on several where a name is long, and below it
// what differs.
func (b *table) line(l layout, line Line) {
	left, right := prose.Fold(line.History, l.history, longestCell), prose.Fold(line.Code, l.code, longestCell)
	for i := range max(len(left), len(right)) {
		at, mark, event, source := "", "", "", ""
		if i == 0 {
			mark, source = line.Mark, prose.Shorten(l.sourceOf(line), l.source)
			if line.First {
				at = pointer
			}
			if line.Event != 0 {
				event = fmt.Sprint(line.Event)
			}
		}
		text := fmt.Sprintf("%-2s %*s  %-*s %-2s %-*s  %s", at, l.event, event, l.history, nth(left, i), mark, l.code,
			nth(right, i), source)
		b.Printf("%s\n", b.loud(line, strings.TrimRight(text, " ")))
	}
	b.differences(line, l.indent()+2)
}

func nth(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
