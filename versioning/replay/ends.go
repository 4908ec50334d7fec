package replay

import (
	"context"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// endsEarly returns the completed Workflow Task in which the code ends although the
// history completed it without that. The replay was one up to the end of the task with
// the index last.
//
// A live Worker does not look further: it leaves ProcessEvents once the workflow has
// completed, whatever comes after that in the history, and no error is logged
// (internal/internal_task_handlers.go in the SDK). The SDK's replayer looks at what
// closes the history alone, and at commands that are missing.
//
// In a task that heartbeats, the SDK runs what is completed later: only a replay up to
// the end of the task before tells that from an early end.
func (c *cell) endsEarly(ctx context.Context, run observer.FunctionRun, last int) (task, bool) {
	switch {
	case !run.Ended:
		return task{}, false
	case !c.tasks[last].Closing:
		return c.taskIn(run, last), true
	case run.Started == c.tasks[last].Started || last == 0:
		return task{}, false
	}
	o, ok := c.replayTo(ctx, c.tasks[last-1])
	if !ok || o.no != nil {
		return task{}, false
	}
	if run = o.seen.Ran(); !run.Ended {
		return task{}, false
	}
	return c.taskIn(run, last-1), true
}

// taskIn is the task in which the code has ended, in a replay up to the one with the
// index last.
func (c *cell) taskIn(run observer.FunctionRun, last int) task {
	for _, t := range c.tasks[:last] {
		if t.Started == run.Started {
			return t
		}
	}
	return c.tasks[last]
}

// ended makes the result of a code that ends in the task, which the history completed
// without that.
func (c *cell) ended(seen *observer.Observer, v versions, t task) *unseen {
	completed := events.ByID(v.events, t.Completed)
	run := seen.Ran()
	result := &unseen{}
	result.Verdict, result.Place = Nondeterministic,
		Place{Event: t.Completed, EventType: completed.GetEventType().String()}
	result.Cause = cause.Cause{
		Kind: cause.EndsEarlier, Notice: cause.ClosesUnnoticed, Decided: v.decides(completed),
		Parting: &cause.Parting{Now: compare.EndingSide(trace.EndingOf(run.Err), run.Err), Task: t.Completed,
			Afterwards: c.afterwards(t, seen)},
	}
	return result
}

// makes reports whether the code makes the command of the event in the task, an activity or a timer. Where
// calls were not noted, it may.
func makes(seen *observer.Observer, t task, e *historypb.HistoryEvent) bool {
	if e.GetActivityTaskScheduledEventAttributes() == nil && e.GetTimerStartedEventAttributes() == nil {
		return false
	}
	if !seen.Recorder.NotesCalls() {
		return true
	}
	id, _ := events.CommandID(e)
	return slices.ContainsFunc(seen.Recorder.Trace().Calls, func(c *trace.Call) bool {
		return c.Kind == trace.KindOf(e) && c.ID == id && c.Task == t.Started
	})
}

// afterwards is what becomes of an execution that has come further than the end of the
// task, when a Worker with the code gets its next Workflow Task. Commands that the code
// makes in the replayed task are sent with the end once more; the service refuses the
// ID of one that is pending (workflow_task_completed_handler.go in the server's
// service/history/api/respondworkflowtaskcompleted): observed, see docs/live.md.
func (c *cell) afterwards(t task, seen *observer.Observer) *cause.Afterwards {
	events := c.recording.History.GetEvents()
	after := &cause.Afterwards{}
	for _, e := range events[t.Completed:t.End] {
		if makes(seen, t, e) {
			after.Resends = compare.SideOf(e)
			return after
		}
	}
	for _, e := range events[t.End:] {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
			after.Signals++
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED,
			enumspb.EVENT_TYPE_NEXUS_OPERATION_COMPLETED:
			after.Results++
		}
	}
	return after
}
