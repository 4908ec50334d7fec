package report

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// transitions writes which transitions between the stages are safe.
func (b *textWriter) transitions(list []finding.Transition) {
	for _, t := range list {
		b.transition(t)
	}
	if len(list) > 0 {
		b.Printf("\n")
	}
}

func (b *textWriter) transition(t finding.Transition) {
	if t.Missing != finding.NothingMissing {
		b.line(transitionTitle(t), cannotTell+", "+missingText(t.Missing))
		return
	}
	parts := partsOf(t)
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.text())
	}
	text := prose.Wrap(strings.Join(ofThem(texts), "; "), Width, transitionColumn)
	for _, p := range parts {
		if color, loud := answerColors[p.answer]; loud {
			text = strings.Replace(text, p.loud, b.Paint(color, p.loud), 1)
		}
	}
	b.line(transitionTitle(t), text)
}

var answerColors = map[finding.Answer]Color{
	finding.Breaks: Red, finding.Changes: Yellow, finding.Otherwise: Yellow, finding.Doubted: Yellow,
}

// transitionColumn is where the text of a transition begins.
const transitionColumn = 32

func (b *textWriter) line(title, text string) {
	title += ":"
	if len(title) >= transitionColumn {
		title += "\n" + strings.Repeat(" ", transitionColumn)
	}
	b.Printf("%-*s%s\n", transitionColumn, title, text)
}
