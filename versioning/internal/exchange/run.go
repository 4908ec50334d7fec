package exchange

import (
	"os"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// A Run is what tells one run of an execution from others, and how far a recording of it goes.
type Run struct {
	WorkflowID, RunID string
	events            []runEvent
}

type runEvent struct {
	id   int64
	kind int32
}

// Same reports whether both are of one run.
func (r *Run) Same(other *Run) bool {
	return r.WorkflowID == other.WorkflowID && r.RunID == other.RunID
}

// Continues reports whether the recording is longer than the other one and begins as it does. After a
// reset it does not.
func (r *Run) Continues(other *Run) bool {
	n := len(other.events)
	return r.Same(other) && len(r.events) > n && slices.Equal(r.events[:n], other.events)
}

// ReadRuns reads the recordings of a test that have these names. One that cannot be read, or that does
// not say its run, is left out.
func ReadRuns(dir, id string, names []string) map[string]*Run {
	runs := map[string]*Run{}
	sources, err := history.Dir(os.DirFS(Recorded(dir, id)), ".")
	if err != nil {
		return runs
	}
	for _, source := range sources {
		if !slices.Contains(names, source.Name) {
			continue
		}
		r, err := source.Load()
		if err != nil || r.WorkflowID == "" || r.RunID == "" {
			continue
		}
		run := &Run{WorkflowID: r.WorkflowID, RunID: r.RunID}
		for _, e := range r.History.GetEvents() {
			run.events = append(run.events, runEvent{e.GetEventId(), int32(e.GetEventType())})
		}
		runs[source.Name] = run
	}
	return runs
}
