package replay

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/foreign"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pinning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/private"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// cell is one recording and the stage that judges it now.
type cell struct {
	request
	*known
	runs
}

// request is what is asked of a cell.
type request struct {
	stage versioning.Stage
	opts  Options
}

// known is what is known of the recording, whichever stage judges it.
type known struct {
	recording *history.Recording
	// refused is why no stage can judge the recording, nil if there is no reason.
	refused error
	// pinned is what keeps the execution on one build, nil if nothing does.
	pinned *pinning.Pin
	// tasks are those that the execution completed.
	tasks   tasks
	private *private.Events
	// ref is what the code did that ran the execution, and referred whether that was
	// looked for.
	ref      *reference
	referred bool
	// parted is the event at which that code parts itself.
	parted partedReference
}

// runs are the replays of the recording by the stage.
type runs struct {
	// mute has the stages that have set no query handler in the last replay: to
	// ask costs a twentieth of a small one.
	mute map[string]bool
	// asking is whether a replay is to ask the query handlers.
	asking bool
	// prefixes are what the replays up to the ends of tasks have given, by the number of events.
	prefixes map[int]prefix
	// replays are those that steady looks at, and repeating is whether it makes them.
	replays   []*replayed
	repeating bool
}

// by is the cell of the same recording and another stage, which has replayed nothing yet.
func (c *cell) by(s versioning.Stage) *cell {
	of := *c
	of.stage, of.opts.Explain, of.runs = s, false, runs{mute: c.mute, prefixes: map[int]prefix{}}
	return &of
}

// tracing is whether replays are to note what the code does.
func (c *cell) tracing() bool {
	return c.opts.Explain || c.opts.Level.Includes(compare.Shape)
}

// namespace is that of the recording, "" if nobody knows.
func (c *cell) namespace() string {
	return cmp.Or(c.recording.Namespace, c.opts.DefaultNamespace)
}

// runID is that of the recording, empty where the SDK reads it from the first event.
func (c *cell) runID() string {
	started := c.recording.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
	if c.recording.RunID == "" && started.GetOriginalExecutionRunId() == "" {
		return events.MadeUpRunID
	}
	return c.recording.RunID
}

// end is how many events a replay of the whole has.
func (c *cell) end() int { return c.tasks[len(c.tasks)-1].End }

// ranLast reports whether the stage is the one that ran the execution last, as far as the
// lineage is known.
func (c *cell) ranLast(s versioning.Stage) bool {
	n := len(c.recording.Lineage)
	return n > 0 && c.recording.Lineage[n-1] == s.Name
}

// newCell has what is known of the recording, and no stage yet.
func newCell(recording *history.Recording, opts Options, mute map[string]bool) *cell {
	recording = private.EndedAsCode(recording)
	recorded := recording.History.GetEvents()
	return &cell{
		request: request{opts: opts},
		known: &known{
			recording: recording, refused: cmp.Or(opts.Validate(), foreign.Check(recorded)), pinned: pinning.Of(recorded),
			tasks: events.CompletedTasks(recorded), private: private.Of(recorded, opts.Worker),
		},
		runs: runs{mute: mute},
	}
}

// A reference is what the code did that ran the execution: some questions a history
// cannot answer, such as whether a signal was read.
type reference struct {
	intake  *trace.Intake
	queries []string
}
