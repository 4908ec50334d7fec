package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// tellUnreached says that no execution that waits has come to the place: it is in the Workflow Task that
// closes the execution, and the code was not at that line in an earlier one. The first call of
// GetVersion decides for the rest of the run, so a line in a loop is one that they have passed.
func (c *cell) tellUnreached(result *Result, seen *observer.Observer) {
	p, i := result.Cause.Parting, c.tasks.holding(result.Place.Event)
	if p == nil || i < 1 || !c.tasks[i].Closing || !c.tracing() || result.Place.Source == "" {
		return
	}
	p.Unreached = !slices.ContainsFunc(seen.Recorder.Trace().Calls, func(call *trace.Call) bool {
		return call.Task < c.tasks[i].Started && call.Source() == result.Place.Source
	})
}
