package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// An Opening is what a report begins with where somebody knows more than the matrices
// tell, such as which recordings the code of each side brought.
type Opening struct {
	// Answer is that to the deploy, and Title the same in one line.
	Answer finding.Answer
	Title  string
	// Questions are those that the answer is made of.
	Questions []Question
	// Note is what to know of the names.
	Note string
}

// A Question is a deploy or a rollback, with what it does to whom, a sentence each.
type Question struct {
	Title string
	Says  []string
}

// markdown is the opening but for its title.
func (o *Opening) markdown() (text string) {
	for _, q := range o.Questions {
		text += "- **" + prose.Markdown(q.Title) + "**\n"
		for _, line := range q.Says {
			text += "  - " + prose.Markdown(line) + "\n"
		}
	}
	return text
}

// plain is the opening as it can be shown.
func (o *Opening) plain() *Opening {
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

// Kind is the colour of the answer in the page, which has no icons: not every machine
// has a font with them.
func (o *Opening) Kind() finding.Answer {
	if o.Answer == finding.NotAsked {
		return finding.Unknown
	}
	return o.Answer
}

// openingOf is what the matrices tell of the newest stages, as the heading of Markdown.
func openingOf(matrices []*matrix.Matrix, found []foundInMatrix) *Opening {
	var families []*markdownFamily
	deploy, worst := byAnswer{}, finding.NotAsked
	for i, m := range matrices {
		f := answered(m, found[i].summary)
		families, deploy[f.deploy], worst = append(families, f), append(deploy[f.deploy], f), max(worst, f.deploy)
	}
	return &Opening{Answer: worst, Title: titleOf(families, worst, deploy[worst], prose.Plain)}
}
