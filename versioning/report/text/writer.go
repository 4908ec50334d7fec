package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

type writer struct {
	*terminal.Writer
	// explain is Options.Explain.
	explain func(c matrix.Cell) string
}

// belowCell is the indent of what is said below the line of a cell.
const belowCell = "              "

// also says what else there is of a cell.
func (b *writer) also(text string) {
	b.Printf("%salso %s\n", belowCell, prose.Wrap(prose.Plain(text), terminal.Width, len(belowCell)+5))
}

// beside puts the notes behind a line, or where it is full below it.
func beside(line string, notes ...string) string {
	for _, note := range notes {
		last := line[strings.LastIndexByte(line, '\n')+1:]
		switch {
		case note == "":
			continue
		case utf8.RuneCountInString(last+"  "+note) > terminal.Width:
			line += fmt.Sprintf("\n  %-10s", "")
		}
		line += "  " + note
	}
	return line
}
