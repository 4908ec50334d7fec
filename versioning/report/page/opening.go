package page

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// plainOpening is the opening as it can be shown.
func plainOpening(o *report.Opening) *report.Opening {
	if o == nil {
		return nil
	}
	shown := &report.Opening{Answer: o.Answer, Title: prose.Plain(o.Title), Note: prose.Plain(o.Note)}
	for _, q := range o.Questions {
		question := report.Question{Title: prose.Plain(q.Title)}
		for _, line := range q.Says {
			question.Says = append(question.Says, prose.Plain(line))
		}
		shown.Questions = append(shown.Questions, question)
	}
	return shown
}

// openingOf is what the matrices tell of the newest stages, as the heading of package markdown.
func openingOf(matrices []*matrix.Matrix, found []told.Found) *report.Opening {
	var families []*told.Answered
	for i, m := range matrices {
		families = append(families, told.Answer(m, found[i].Summary))
	}
	worst := told.WorstDeploy(families)
	return &report.Opening{Answer: worst, Title: told.DeployTitle(families, worst, prose.Plain)}
}
