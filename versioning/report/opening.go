package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
)

// An Opening is the beginning of a report, for callers that know more than the matrices tell. An
// example is which recordings the code of each side brought.
type Opening struct {
	// Answer is what the deploy does. Title says the same in one line.
	Answer finding.Answer
	Title  string
	// Questions are the questions that Answer is made of.
	Questions []Question
	// Note says what a reader has to know about the names.
	Note string
}

// A Question is a deploy or a rollback. Says is one sentence for each thing that the deploy or
// rollback does to some executions.
type Question struct {
	Title string
	// Answer is the worst of what is said, NotAsked if that says nothing of executions.
	Answer finding.Answer
	Says   []string
}

// Kind is the colour of the answer in the page. The page has no icons, because not every machine
// has a font with icons.
func (o *Opening) Kind() finding.Answer {
	if o.Answer == finding.NotAsked {
		return finding.Unknown
	}
	return o.Answer
}
