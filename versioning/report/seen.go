package report

import "github.com/replaymatrix/replaymatrix/versioning/matrix"

// seenText is what the replay has seen besides: answers to queries, and findings.
func seenText(c matrix.Cell) (text string) {
	for _, a := range c.Answers {
		text += ", " + AnswerText(a)
	}
	for _, n := range notedOf(c.Findings()) {
		text += ", " + n.short()
	}
	return text
}
