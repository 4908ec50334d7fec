package matrix

import (
	"errors"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ErrUnstarted is in the error of Begun: nothing that has begun was checked, which is a
// mistake as an empty folder is, not a success.
var ErrUnstarted = errors.New("no recording of an execution that has begun")

// Proves reports whether the cell says anything of executions that have begun, good or
// bad. One of which no Workflow Task has completed, and that the code can begin, does
// not.
func Proves(c Cell) bool {
	return c.Verdict != replay.Unstarted && (c.Verdict != replay.NotApplicable || c.Moved != replay.Unstarted)
}

// Begun returns an error, which wraps ErrUnstarted, if there are cells and none of them
// proves anything.
func Begun(m *Matrix) error {
	for c := range m.Cells() {
		if Proves(c) {
			return nil
		}
	}
	if len(m.Rows) == 0 {
		return nil
	}
	what := fmt.Sprintf("in all %d no Workflow Task has completed", len(m.Rows))
	if len(m.Rows) == 1 {
		what = "in the only one no Workflow Task has completed"
	}
	return fmt.Errorf("%w: %s, and that the code can begin them proves nothing; record or download some that have run",
		ErrUnstarted, what)
}
