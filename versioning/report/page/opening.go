package page

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
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
		question := report.Question{Title: prose.Plain(q.Title), Answer: q.Answer}
		for _, line := range q.Says {
			question.Says = append(question.Says, prose.Plain(line))
		}
		shown.Questions = append(shown.Questions, question)
	}
	return shown
}

// openingOf is what the matrices tell of the newest stages, as the heading of package markdown. Of
// reference families beside others it says nothing: nobody deploys them.
func openingOf(matrices []*matrix.Matrix, found []told.Found) *report.Opening {
	var families, references []*told.Answered
	for i, m := range matrices {
		answered := told.Answer(m, found[i].Summary)
		if m.Family.Reference && len(matrices) > 1 {
			references = append(references, answered)
		} else {
			families = append(families, answered)
		}
	}
	if len(families) == 0 && len(references) > 0 {
		return &report.Opening{Title: referencesTitle(references)}
	}
	worst := told.WorstDeploy(families)
	opening := &report.Opening{Answer: worst, Title: told.DeployTitle(families, worst, told.Quoted)}
	if len(matrices) == 1 && !families[0].Family.Catalogue {
		opening.Questions = append(families[0].Questions(false),
			report.Question{Title: told.MissingTitle, Says: families[0].MissingFew(false)})
		for i, q := range opening.Questions {
			opening.Questions[i].Title = prose.Sentence(q.Title)
		}
	}
	return opening
}

// referencesTitle says what is to be learned, and does not warn of what is meant.
func referencesTitle(references []*told.Answered) string {
	breaks := 0
	for _, f := range references {
		if f.Deploy == finding.Breaks {
			breaks++
		}
	}
	return fmt.Sprintf("%s reference families show what a change does: in %s a deploy breaks executions",
		prose.Thousands(len(references)), prose.Thousands(breaks))
}
