package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

type writer struct {
	*terminal.Writer
	opts Options
}

// explainCommand is the command that shows the cell, "" if there is none.
func (b *writer) explainCommand(c matrix.Cell) string {
	if b.opts.Explain == nil && b.opts.Command == "" {
		return ""
	}
	return told.ExplainCommand(report.CIOptions{Command: b.opts.Command, Explain: b.opts.Explain}, c)
}

// allCommand is the command that shows all of the family, after the text, "" if there is none.
func (b *writer) allCommand(family, before string) string {
	if b.opts.Command == "" {
		return ""
	}
	return before + prose.Plain(b.opts.Command+" matrix "+prose.ShellWord(family)+" --all")
}

// also says what else there is of a cell.
func (b *writer) also(indent int, text string) {
	indent += 4
	b.Printf("%*salso %s\n", indent, "", prose.Wrap(prose.Plain(text), b.Width, indent+5))
}

// beside puts the notes behind a line, or where it is full below it.
func (b *writer) beside(line string, indent int, notes ...string) string {
	for _, note := range notes {
		last := line[strings.LastIndexByte(line, '\n')+1:]
		switch {
		case note == "":
			continue
		case utf8.RuneCountInString(last+"  "+note) > b.Width:
			line += fmt.Sprintf("\n%*s%s", indent+2, "", prose.Wrap(note, b.Width, indent+2))
			continue
		}
		line += "  " + note
	}
	return line
}
