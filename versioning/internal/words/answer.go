package words

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// longestAnswer is the number of characters of an answer that a line shows.
const longestAnswer = 160

// Answer says what the replayed workflow answers to a query, on one line.
func Answer(a replay.Answer) string {
	if a.Err != "" {
		return fmt.Sprintf("query %s fails: %s", a.Query, prose.Shorten(a.Err, longestAnswer))
	}
	return fmt.Sprintf("query %s answers %s", a.Query, prose.Shorten(a.Value, longestAnswer))
}

// AnswerChange says what a query answers now, and what it answered before.
func AnswerChange(a matrix.Change) string {
	return Answer(a.Now) + ", was " + prose.Shorten(a.Was.Value+a.Was.Err, longestAnswer)
}
