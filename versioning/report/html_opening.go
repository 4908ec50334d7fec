package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// plainOpening is the opening as it can be shown.
func plainOpening(o *Opening) *Opening {
	if o == nil {
		return nil
	}
	shown := &Opening{Answer: o.Answer, Title: prose.Plain(o.Title), Note: prose.Plain(o.Note)}
	for _, q := range o.Questions {
		question := Question{Title: prose.Plain(q.Title)}
		for _, line := range q.Says {
			question.Says = append(question.Says, prose.Plain(line))
		}
		shown.Questions = append(shown.Questions, question)
	}
	return shown
}

// openingOf is what the matrices tell of the newest stages, as the heading of Markdown.
func openingOf(matrices []*matrix.Matrix, found []foundInMatrix) *Opening {
	var families []*answered
	for i, m := range matrices {
		families = append(families, newAnswered(m, found[i].summary))
	}
	worst := worstDeploy(families)
	return &Opening{Answer: worst, Title: deployTitle(families, worst, prose.Plain)}
}
