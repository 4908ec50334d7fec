// Package trace notes what workflow code does in a replay: the calls that the code makes to the
// SDK, and what the code takes from the history. The package judges nothing and compares nothing.
// Package compare puts the calls beside the events.
//
//	recorder := trace.NewRecorder(options)
//	replayer, _ := worker.NewWorkflowReplayerWithOptions(recorder.Options())
//	… replay …
//	calls := recorder.Trace().Calls
package trace

import (
	"maps"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// A Trace is what the code did in one replay.
type Trace struct {
	// Calls are in the order in which the code made them.
	Calls []*Call
	// Awaits are where the code asks for the channel of a signal, waits for a condition, or starts a
	// coroutine. That sends nothing, so they are not among the Calls. Before is how many calls there were by then.
	Awaits []Await
	// Faults has one number for each error that a converter gave: how many calls there were by
	// then.
	Faults []int
	// Canceled are the commands of timers and activities whose cancellation the SDK has logged. The
	// keys are the SDK's names: "RequestCancelTimer 5", "RequestCancelActivity 7".
	Canceled map[string]bool
	// Cancels are those cancellations in the order in which the code asked for them, each time that it
	// did.
	Cancels []Cancel
	// Decoder reads what the workflow's converters write.
	Decoder payload.Decoder
	// Resolved are the events, with the values that the SDK has fetched from external storage.
	// Resolved is nil if there is no external storage.
	Resolved []*historypb.HistoryEvent
}

// An Await is where the code asks for something to come or starts a coroutine, and how many calls it has made by then.
type Await struct {
	*Call
	Before int
}

// Trace returns what was noted so far. What the code does afterwards is not noted.
func (r *Recorder) Trace() *Trace {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sealed = true
	t := &Trace{
		Calls: make([]*Call, len(r.calls)), Faults: slices.Clone(r.faults), Canceled: maps.Clone(r.canceled),
		Cancels:  slices.Clone(r.canceledAt),
		Awaits:   slices.Clone(r.awaits),
		Decoder:  payload.Decoder{Converter: r.workflowConverter(), Failures: r.failureConverter()},
		Resolved: r.resolved,
	}
	// A coroutine that comes back late goes on with the originals.
	copies := make([]Call, len(r.calls))
	for i, c := range r.calls {
		copies[i] = *c
		t.Calls[i] = &copies[i]
	}
	return t
}
