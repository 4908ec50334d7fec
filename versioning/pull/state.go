package pull

import (
	"errors"
	"fmt"
	"strconv"
)

// ErrNothingFound is in the error of Histories if the list of executions is empty. A misspelt
// workflow type gives this error.
var ErrNothingFound = errors.New("no execution matches")

// State says what became of one run.
type State int

const (
	// Pulled is a run that had no file yet and was downloaded.
	Pulled State = iota
	// Refreshed is a run whose existing file was replaced: the history has gone on, the file was
	// damaged, or Options.Keep said so.
	Refreshed
	// There is a run whose existing file is good.
	There
	// Gone is a run of a chain that the service no longer has. The other runs of the chain are
	// downloaded.
	Gone
	// Failed is a run that could not be downloaded. Run.Err says why.
	Failed
)

// A Run is what became of one run.
type Run struct {
	Execution
	State State
	// Path is the path of the file. It is empty if there is no file.
	Path string
	// Err is not nil for Failed and Gone.
	Err error
}

// Summary counts runs by their State.
type Summary struct {
	Pulled, Refreshed, There, Gone, Failed int
}

func (s *Summary) add(state State) {
	*[...]*int{&s.Pulled, &s.Refreshed, &s.There, &s.Gone, &s.Failed}[state]++
}

// Files returns the number of runs that have a complete and up-to-date file.
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

// IncompleteError is the error of Histories if some runs could not be downloaded and nothing else
// went wrong.
type IncompleteError struct {
	Failed int
	// First is the error of one of these runs.
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

// String returns the workflow ID, and the run ID if there is one. An ID that would change the state
// of a terminal is quoted.
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
