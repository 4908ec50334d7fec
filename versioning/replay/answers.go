package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/observer"

// An Answer is the answer of the replayed workflow to a query. A live Worker of the stage would
// give the same answer at the end of the recording.
type Answer struct {
	// Query is the name of the query.
	Query string
	// Value is the answer as JSON, as the data converter gives it. The length and a hash replace an
	// answer longer than 4096 bytes, so different answers still look different.
	Value string
	// Err is the error or the panic of the query handler. It is empty if the handler answered.
	Err string
}

// answersOf are those of a replay that is done.
func answersOf(seen *observer.Observer) (answers []Answer) {
	for _, answer := range seen.AwaitAnswers() {
		answers = append(answers, Answer(answer))
	}
	return answers
}
