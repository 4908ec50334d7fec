package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
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

// Kind is the colour of the answer in the page, which has no icons: not every machine
// has a font with them.
func (o *Opening) Kind() finding.Answer {
	if o.Answer == finding.NotAsked {
		return finding.Unknown
	}
	return o.Answer
}
