package words

import "github.com/replaymatrix/replaymatrix/versioning/matrix"

// Seen says what the replay has seen beside the verdict: answers to queries, and findings.
func Seen(c matrix.Cell) (text string) {
	for _, a := range c.Answers {
		text += ", " + Answer(a)
	}
	for _, n := range Notes(c.Findings()) {
		text += ", " + n.Short()
	}
	return text
}
