package text

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// transitions writes which transitions between the stages are safe.
func (b *writer) transitions(list []finding.Transition) {
	for _, t := range list {
		b.transition(t)
	}
	if len(list) > 0 {
		b.Printf("\n")
	}
}

func (b *writer) transition(t finding.Transition) {
	if t.Missing != finding.NothingMissing {
		b.line(told.TransitionTitle(t), told.CannotTell+", "+told.MissingText(t.Missing))
		return
	}
	parts := told.Parts(t)
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.Text())
	}
	text := prose.Wrap(strings.Join(told.OfThem(texts), "; "), terminal.Width, transitionColumn)
	for _, p := range parts {
		if color, loud := answerColors[p.Answer]; loud {
			text = strings.Replace(text, p.Loud, b.Paint(color, p.Loud), 1)
		}
	}
	b.line(told.TransitionTitle(t), text)
	if loud, rest := told.RollText(t); loud != "" && t.Kind == finding.Deploying {
		b.line(told.RollTitle(t), prose.Wrap(loud+rest, terminal.Width, transitionColumn))
	}
}

var answerColors = map[finding.Answer]terminal.Color{
	finding.Breaks: terminal.Red, finding.Changes: terminal.Yellow, finding.Otherwise: terminal.Yellow,
	finding.Doubted: terminal.Yellow,
}

// transitionColumn is where the text of a transition begins.
const transitionColumn = 32

func (b *writer) line(title, text string) {
	title += ":"
	if len(title) >= transitionColumn {
		title += "\n" + strings.Repeat(" ", transitionColumn)
	}
	b.Printf("%-*s%s\n", transitionColumn, title, text)
}
