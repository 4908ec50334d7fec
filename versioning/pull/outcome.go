package pull

import (
	"errors"
	"fmt"
	"strconv"
)

// ErrNothingFound is in the error of Histories where the list of executions is
// empty: a type that is misspelt looks like that.
var ErrNothingFound = errors.New("no execution matches")

// State says what became of one run.
type State int

const (
	// Pulled is a run that was not there.
	Pulled State = iota
	// Refreshed is one whose file was there, and is replaced: the history has gone on,
	// the file was damaged, or Options.Keep said so.
	Refreshed
	// There is one whose file was there and is good.
	There
	// Gone is a run of a chain that the service does not have any more; the
	// others of the chain are downloaded.
	Gone
	// Failed is one that could not be downloaded; Err says why.
	Failed
)

// Outcome is what became of one run.
type Outcome struct {
	Execution
	State State
	// Path is the file, empty if there is none.
	Path string
	// Err is not nil for Failed and Gone.
	Err error
}

// Summary counts the outcomes.
type Summary struct {
	Pulled, Refreshed, There, Gone, Failed int
}

func (s *Summary) add(state State) {
	*[...]*int{&s.Pulled, &s.Refreshed, &s.There, &s.Gone, &s.Failed}[state]++
}

// Files is how many of the runs have a file that is whole and as the service says.
func (s Summary) Files() int { return s.Pulled + s.Refreshed + s.There }

// String returns "pulled 998, already there 2, failed 0".
func (s Summary) String() string {
	text := fmt.Sprintf("pulled %d", s.Pulled)
	if s.Refreshed > 0 {
		text += fmt.Sprintf(", refreshed %d", s.Refreshed)
	}
	text += fmt.Sprintf(", already there %d", s.There)
	if s.Gone > 0 {
		text += fmt.Sprintf(", gone %d", s.Gone)
	}
	return text + fmt.Sprintf(", failed %d", s.Failed)
}

// IncompleteError is that of Histories where some runs could not be downloaded and
// nothing else went wrong.
type IncompleteError struct {
	Failed int
	// First is the error of one of them.
	First error
}

func (e *IncompleteError) Error() string {
	if e.Failed == 1 {
		return e.First.Error()
	}
	return fmt.Sprintf("%d histories could not be downloaded, one of them %v", e.Failed, e.First)
}

// Unwrap returns First.
func (e *IncompleteError) Unwrap() error { return e.First }

// String returns the workflow ID, and the run ID if there is one. An ID that would
// do something to a terminal is quoted.
func (x Execution) String() string {
	id := x.WorkflowID
	if quoted := strconv.Quote(id); quoted != `"`+id+`"` || id == "" {
		id = quoted
	}
	if x.RunID == "" {
		return id
	}
	return id + " run " + x.RunID
}
