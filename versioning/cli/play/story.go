package play

import (
	"github.com/replaymatrix/replaymatrix/versioning"
)

// story is what happens in a session.
type story struct {
	*session
	proof *proof
	query string
	// executions are those that the stages have started so far.
	executions []played
	// compared and shown count queries: those to a stage that is safe for the
	// execution, and the others.
	compared, shown int
}

// played is an execution and what foretells its answers.
type played struct {
	id       string
	scenario versioning.Scenario
	// recording is the one of an execution that was started and left as this one.
	recording string
}
