package replay

import (
	"context"
	"sort"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// Park says what happens to executions that wait at the park points of the
// recording when the stage takes over: one closed recording answers for
// executions that have come as far as any of its points.
type Park struct {
	// Total is the number of park points of the recording. The end of the
	// workflow task that closes an execution is none: nobody waits there.
	Total int

	// Points are those that were replayed, in the order of the history: all of
	// them, or where that would take too long, those around the one at which the
	// verdict changes. Nothing is claimed of the others: see replayPark.
	Points []ParkPoint
}

// A ParkPoint is the end of a completed workflow task. An execution with n events
// waits at the last point whose Task is not greater than n.
type ParkPoint struct {
	// Task is the ID of the WorkflowTaskCompleted event.
	Task int64
	// Event is the ID of the last event that the task's commands made, Task if
	// they made none.
	Event int64
	// Verdict is that of the replay of the history up to Event.
	Verdict Verdict
}

// task is a completed workflow task of a history.
type task struct {
	completed int64
	// end is the number of events up to the last one that its commands made.
	end int
	// closing is whether one of them closed the execution.
	closing bool
}

// completedTasks returns the tasks of the history. One that failed or timed out
// made no command.
//
// A replay of the history up to the end of a task compares the commands of that
// task and of all before it. It must end there:
//
//   - What comes next, up to the next WorkflowTaskScheduled, belongs to the next
//     task, and the SDK does handle it: WorkflowExecutionCancelRequested cancels
//     the context at once, which makes commands (cancel the timer…) that no event
//     stands for yet. The code that recorded patching/initial.cancelled.json does
//     not replay its first six events: "extra replay command".
//   - Where a history ends with WorkflowTaskStarted, the SDK takes the execution
//     for one that is just being worked on and compares none of the commands of the
//     last completed task (partialHistory in its internal/internal_task_handlers.go).
//   - The events of a task's commands follow WorkflowTaskCompleted without a gap:
//     the service writes what it has buffered meanwhile after them.
func completedTasks(events []*historypb.HistoryEvent) (tasks []task) {
	for i, e := range events {
		if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		end := i + 1
		for end < len(events) && madeByCommand(events[end]) {
			end++
		}
		tasks = append(tasks, task{completed: e.GetEventId(), end: end, closing: closes(events[end-1])})
	}
	return tasks
}

// madeByCommand is isCommandEvent of the SDK's internal/internal_task_handlers.go.
func madeByCommand(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
		enumspb.EVENT_TYPE_TIMER_STARTED, enumspb.EVENT_TYPE_TIMER_CANCELED,
		enumspb.EVENT_TYPE_MARKER_RECORDED,
		enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED, enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:
		return true
	}
	return closes(e)
}

// closes reports an event in which the code ends the execution. One that is
// terminated or has timed out waited until then.
func closes(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		return true
	}
	return false
}

// outcome is what the replay of a prefix of the history has given.
type outcome struct {
	verdict Verdict
	seen    *observer
	err     error
}

// verdictOf replays the history up to the end of a task, once.
func (c *cell) verdictOf(ctx context.Context, t task) Verdict {
	o, ok := c.outcomes[t.end]
	if ok || ctx.Err() != nil {
		return o.verdict // the caller looks at ctx
	}
	o.seen, o.err = c.replay(ctx, c.prefix(t.end))
	// A comparison of what the code does with the events belongs here: where the
	// replay gives no error, it decides between Safe and Drift.
	o.verdict = Safe
	if o.err != nil {
		o.verdict = classify(o.err).verdict
	}
	c.outcomes[t.end] = o
	return o.verdict
}

// fullPark bounds what all park points may cost, in replays of the whole
// recording.
const fullPark = 8

// affordable reports whether every park point can be replayed. A deadlock takes
// seconds, each time.
func (c *cell) affordable(err error) bool {
	events := 0
	for _, t := range c.tasks {
		events += t.end
	}
	return events <= fullPark*len(c.recording.History.GetEvents()) && !isDeadlock(err)
}

// replayPark replays the park points of a recording whose replay as a whole gives
// the error. The time for all of them grows with the square of the number of
// tasks, so where that is too much it looks for two neighbours of which one is
// safe and the next one is not, first at the workflow task of the divergence. It
// claims nothing of the rest, because what fails at a point need not fail at a
// later one: the SDK compares all commands with all events, without looking where
// a task ends, so that a call that was moved to the next task is missing at the
// end of the first one and in its place after that.
func (c *cell) replayPark(ctx context.Context, event int64, err error) (park Park) {
	points := c.tasks
	if points[len(points)-1].closing {
		points = points[:len(points)-1]
	}
	if c.affordable(err) {
		for _, t := range points {
			c.verdictOf(ctx, t)
		}
	} else {
		firstNotSafe(len(points), c.holding(event), func(i int) bool { return c.verdictOf(ctx, points[i]) == Safe })
	}
	park.Total = len(points)
	for _, t := range points {
		if o, ok := c.outcomes[t.end]; ok {
			park.Points = append(park.Points, ParkPoint{Task: t.completed, Event: int64(t.end), Verdict: o.verdict})
		}
	}
	return park
}

// firstFailing returns the first task that does not replay, in a history that does
// not as a whole. In a long one it is a task that does not, after one that does.
//
// The error of that replay is the one that tells where history and code part. The
// error of the whole can be about a later event: the SDK compares commands and
// events only if it gets to the end of the history without an event that it
// cannot explain, which a later task may well have.
func (c *cell) firstFailing(ctx context.Context, event int64, err error) task {
	safe := func(i int) bool { return c.verdictOf(ctx, c.tasks[i]) == Safe }
	last := len(c.tasks) - 1 // fails, as the whole does
	first := 0
	if !c.affordable(err) {
		first = firstNotSafe(last, c.holding(event), safe)
	}
	for first < last && safe(first) {
		first++
	}
	return c.tasks[first]
}

// holding returns the index of the task that the event belongs to or follows, -1
// if there is none.
func (c *cell) holding(event int64) int {
	return sort.Search(len(c.tasks), func(i int) bool { return c.tasks[i].completed > event }) - 1
}

// firstNotSafe returns which of n tasks is not safe at its end although the one
// before it is, n if all are safe. It tries the expected one, and then bisects.
func firstNotSafe(n, expected int, safe func(i int) bool) int {
	low, high := -1, n // as if the one were safe and the other not
	try := func(i int) {
		switch {
		case i <= low || high <= i:
		case safe(i):
			low = i
		default:
			high = i
		}
	}
	try(expected - 1)
	try(expected)
	for high-low > 1 {
		try(low + (high-low)/2)
	}
	return high
}
