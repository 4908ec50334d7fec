package matrix

import (
	"errors"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ErrUnstarted is in the error of Begun. It means that no execution that has begun was checked.
// Like an empty folder, this is a mistake, not a success.
var ErrUnstarted = errors.New("no recording of an execution that has begun")

// Proves reports whether the cell says anything, good or bad, about executions that have begun. A
// cell proves nothing if no Workflow Task of its execution has completed and the code can begin the
// execution.
func Proves(c Cell) bool {
	return c.Verdict != replay.Unstarted && (c.Verdict != replay.NotApplicable || c.Moved != replay.Unstarted)
}

// Begun returns an error that wraps ErrUnstarted if there are cells and no cell proves anything.
func Begun(m *Matrix) error {
	for c := range m.Cells() {
		if Proves(c) {
			return nil
		}
	}
	if len(m.Rows) == 0 {
		return nil
	}
	what := fmt.Sprintf("in all %d no Workflow Task has completed", m.Recordings())
	if len(m.Rows) == 1 {
		what = "in the only one no Workflow Task has completed"
	}
	return fmt.Errorf("%w: %s, and that the code can begin them proves nothing; record or download some that have run",
		ErrUnstarted, what)
}
