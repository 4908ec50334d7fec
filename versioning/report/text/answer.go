package text

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// answer is what a person asks first: may the newest stage be deployed, and may one go back from it?
func (b *writer) answer(f *told.Answered) {
	if !b.opts.Untitled {
		b.Printf("%s\n", b.Paint(terminal.Bold, prose.Wrap(prose.Plain(f.Title()), b.Width, 0)))
		b.Printf("%s: %s\n\n", f.Family.Name, prose.Wrap(f.Counts(), b.Width, len(f.Family.Name)+2))
	}
	for _, q := range f.Questions(b.opts.All) {
		b.line(q.Title, q.Says)
	}
	if !b.opts.Untitled {
		b.line(told.MissingTitle, f.MissingFew(b.opts.All))
	}
	b.Printf("\n")
}

var answerColors = map[string]terminal.Color{
	"BREAKS": terminal.Red, "CHANGES": terminal.Yellow, "ANSWERS OTHERWISE": terminal.Yellow, "FINDINGS": terminal.Yellow,
}

// transitionColumn is where the text of a transition begins.
const transitionColumn = 32

func (b *writer) line(title string, texts []string) {
	title = prose.Wrap(title, b.Width, 2) + ":"
	if len(title) >= transitionColumn {
		title += "\n" + strings.Repeat(" ", transitionColumn)
	}
	for _, text := range texts {
		text, command, _ := strings.Cut(prose.Plain(text), told.ShowCommand)
		text = prose.Wrap(strings.TrimSpace(text), b.Width, transitionColumn)
		if command != "" {
			text += "\n    " + told.ShowCommand + command
		}
		for loud, color := range answerColors {
			text = strings.Replace(text, loud, b.Paint(color, loud), 1)
		}
		b.Printf("%-*s%s\n", transitionColumn, title, text)
		title = ""
	}
}
