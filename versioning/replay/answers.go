package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/observer"

// An Answer is what the replayed workflow answers to a query: what a live worker
// of the stage would answer at the end of the recording.
type Answer struct {
	// Query is the name of the query.
	Query string
	// Value is the answer as JSON, as the data converter gives it. One that is
	// longer than 4096 bytes is replaced by its length and hash, so that answers
	// can still be told apart.
	Value string
	// Err is the error of the query handler, or its panic, empty if it answered.
	Err string
}

// answersOf are those of a replay that is done.
func answersOf(seen *observer.Observer) (answers []Answer) {
	for _, answer := range seen.AwaitAnswers() {
		answers = append(answers, Answer(answer))
	}
	return answers
}
