package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// A table is one that is being written.
type table struct {
	*terminalWriter
	view *View
}

// WriteTable writes the commands of the history beside the calls of the code.
func WriteTable(w *terminalWriter, v *View) {
	b := &table{w, v}
	blocks := v.Blocks()
	if len(blocks) == 0 {
		return
	}
	l := layoutOf(blocks)
	b.legendOf(blocks)
	heading := "code"
	if l.file != "" {
		heading = "code in " + l.file
	}
	width := Width - l.indent() - l.history - between
	b.Printf("%*s  %-*s%*s%s\n", l.indent()-2, "event", l.history, "history", between, "", b.Paint(Bold, prose.Shorten(heading, width)))
	for i := 0; i < len(blocks); {
		if n := hiddenBlocks(blocks[i:]); n > 0 {
			b.Printf("%s\n", hiddenText(blocks[i:i+n]))
			i += n
			continue
		}
		b.block(l, blocks[i])
		i++
	}
	if text := v.unreached(blocks); text != "" {
		b.Printf("%s\n", text)
	}
	b.Printf("\n")
}

func hiddenBlocks(blocks []block) (n int) {
	for n < len(blocks) && blocks[n].wholeHidden() {
		n++
	}
	return n
}

// hiddenText says what is left out with these Workflow Tasks.
func hiddenText(blocks []block) string {
	var lines []sideBySide
	for _, block := range blocks {
		lines = append(lines, block.lines...)
	}
	first, last := blocks[0].number, blocks[len(blocks)-1].number
	if first == last {
		return fmt.Sprintf("Workflow Task %d: %s", first, leftOut(lines))
	}
	return fmt.Sprintf("Workflow Tasks %d to %d: %s", first, last, leftOut(lines))
}

// heading names the Workflow Task.
func (b block) heading() string {
	heading := fmt.Sprintf("Workflow Task %d", b.number)
	switch {
	case b.task.Completed != 0:
		heading += fmt.Sprintf(", events %d to %d", b.task.Started, b.task.Completed)
	case b.task.Started != 0:
		heading += fmt.Sprintf(", from event %d on, not completed", b.task.Started)
	}
	if len(b.lines) == 0 {
		heading += ": no commands"
	}
	return heading
}

func (b *table) block(l layout, block block) {
	heading := block.heading()
	if block.first {
		heading = pointer + " " + heading
	}
	if len(block.lines) == 0 {
		b.Printf("%s\n", heading)
		return
	}
	if block.first {
		b.Printf("%s\n", b.Paint(Bold+Red, heading))
	} else {
		b.Printf("%s\n", b.Paint(Bold, heading))
	}
	for i := 0; i < len(block.lines); {
		n := i
		for n < len(block.lines) && block.hidden[n] {
			n++
		}
		if n > i {
			b.Printf("%*s… %s\n", l.indent(), "", leftOut(block.lines[i:n]))
			i = n
			continue
		}
		b.line(l, block.lines[i])
		i++
	}
}

// unreached says that the history goes on where the replay does not.
func (v *View) unreached(blocks []block) string {
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
	return fmt.Sprintf("Not replayed any more: %s, up to event %d", prose.Plural(more, "Workflow Task"), t.Events[len(t.Events)-1].GetEventId())
}

// legendOf explains the marks that occur.
func (b *table) legendOf(blocks []block) {
	occurs, hidden := map[string]bool{}, false
	pointed := false
	for _, block := range blocks {
		pointed = pointed || block.first
		for i, line := range block.lines {
			occurs[line.mark] = occurs[line.mark] || !block.hidden[i]
			pointed = pointed || line.first
		}
		hidden = hidden || slices.Contains(block.hidden, true)
	}
	var parts []string
	if pointed {
		parts = append(parts, pointer+" first divergence")
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
			if len(line+gap+part) > Width {
				b.Printf("%s\n", line)
				line = part
				continue
			}
			line += gap + part
		}
		b.Printf("%s\n", line)
	}
	if hidden {
		b.Printf("What is far from any divergence is left out; --all shows it (in Go: ExplainOptions.All).\n")
	}
	b.Printf("\n")
}

// line writes a line of the table, on several where a name is long, and below it
// what differs.
func (b *table) line(l layout, line sideBySide) {
	left, right := prose.Fold(line.history, l.history, longestCell), prose.Fold(line.code, l.code, longestCell)
	for i := range max(len(left), len(right)) {
		at, mark, event, source := "", "", "", ""
		if i == 0 {
			mark, source = line.mark, prose.Shorten(l.sourceOf(line), l.source)
			if line.first {
				at = pointer
			}
			if line.event != 0 {
				event = fmt.Sprint(line.event)
			}
		}
		text := fmt.Sprintf("%-2s %*s  %-*s %-2s %-*s  %s", at, l.event, event, l.history, nth(left, i), mark, l.code, nth(right, i), source)
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

// loud colours a line that is not the same.
func (b *table) loud(line sideBySide, text string) string {
	switch {
	case line.first:
		return b.Paint(Bold+Red, text)
	case line.quiet():
		return text
	case line.mark == markUnknown || line.mark == markAllowed:
		return b.Paint(Yellow, text)
	default:
		return b.Paint(Red, text)
	}
}
