package replay

import (
	"context"
	"slices"
	"sort"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
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

// outcome is what the replay of a prefix of the history has given.
type outcome struct {
	verdict Verdict
	seen    *observer.Observer
	// no is why the SDK rejects it, nil if it does not.
	no *rejection
}

// verdictOf replays the history up to the end of a task, once.
func (c *cell) verdictOf(ctx context.Context, t task) Verdict {
	o, ok := c.outcomes[t.end]
	if ok || ctx.Err() != nil {
		return o.verdict // the caller looks at ctx
	}
	o.seen, o.no = c.replay(ctx, t.end)
	o.verdict = Safe
	if o.no != nil {
		o.verdict = o.no.verdict
	} else if silent, _, found := c.silent(ctx, o.seen, o.seen.Recorder.Intake(), c.indexOf(t)); found {
		o.verdict = silent(versions{}).Verdict
	} else {
		var result Result
		if c.tracing() {
			c.compare(compare.Align(o.seen.Recorder.Trace(), c.recording.History.GetEvents()[:t.end], true), &result)
		}
		if c.sort(otherVersions(o.seen, readVersions(c.recording.History.GetEvents()[:t.end], o.seen).markers), &result); len(result.Differences) > 0 {
			o.verdict = Drift
		}
	}
	c.outcomes[t.end] = o
	return o.verdict
}

func (c *cell) indexOf(t task) int {
	return slices.IndexFunc(c.tasks, func(other task) bool { return other.completed == t.completed })
}

// fullPark bounds what all park points may cost, in replays of the whole
// recording.
const fullPark = 8

// affordable reports whether every park point can be replayed. A deadlock takes
// seconds, each time.
func (c *cell) affordable(no *rejection) bool {
	events := 0
	for _, t := range c.tasks {
		events += t.end
	}
	return events <= fullPark*len(c.recording.History.GetEvents()) && !no.deadlocked()
}

// replayPark replays the park points of a recording whose replay as a whole the SDK
// rejects, or accepts where no is nil. The time for all of them grows with the square of the number of
// tasks, so where that is too much it looks for two neighbours of which one is
// safe and the next one is not, first at the workflow task of the divergence. It
// claims nothing of the rest, because what fails at a point need not fail at a
// later one: the SDK compares all commands with all events, without looking where
// a task ends, so that a call that was moved to the next task is missing at the
// end of the first one and in its place after that.
func (c *cell) replayPark(ctx context.Context, event int64, no *rejection) (park Park) {
	points := c.tasks
	if points[len(points)-1].closing {
		points = points[:len(points)-1]
	}
	if c.affordable(no) {
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
