package replay

import (
	"context"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// verdictOf replays the history up to the end of a task, once.
func (c *cell) verdictOf(ctx context.Context, t task) Verdict {
	o, ok := c.replayTo(ctx, t)
	if !ok || o.verdict != "" {
		return o.verdict
	}
	o.verdict = Safe
	if o.no != nil {
		o.verdict = o.no.verdict
	} else if silent, _, found := c.silent(ctx, o.seen, o.seen.Recorder.Intake(), c.tasks.indexOf(t)); found {
		o.verdict = silent(versions{}).Verdict
	} else {
		var result Result
		if c.tracing() {
			c.compare(compare.Align(o.seen.Recorder.Trace(), c.recording.History.GetEvents()[:t.End], true), &result)
		}
		if c.sort(otherVersions(o.seen, readVersions(c.recording.History.GetEvents()[:t.End], o.seen).markers),
			&result); len(result.Differences) > 0 {
			o.verdict = Drift
		}
	}
	c.prefixes[t.End] = o
	return o.verdict
}

// fullPark bounds what all park points may cost, in replays of the whole
// recording.
const fullPark = 8

// affordable reports whether every park point can be replayed. A deadlock takes
// seconds, each time.
func (c *cell) affordable(no *rejection) bool {
	events := 0
	for _, t := range c.tasks {
		events += t.End
	}
	return events <= fullPark*len(c.recording.History.GetEvents()) && !no.deadlocked()
}

// replayPark replays the park points of a recording whose replay as a whole the SDK rejects, or
// accepts where no is nil. The time for all of them grows with the square of the number of tasks,
// so where that is too much it looks for two neighbours of which one is safe and the next one is
// not, first at the workflow task of the divergence. It claims nothing of the rest, because what
// fails at a point need not fail at a later one: the SDK compares all commands with all events,
// without looking where a task ends, so that a call that was moved to the next task is missing at
// the end of the first one and in its place after that.
func (c *cell) replayPark(ctx context.Context, event int64, no *rejection) (park Park) {
	points := c.tasks
	if points[len(points)-1].Closing {
		points = points[:len(points)-1]
	}
	if c.affordable(no) {
		for _, t := range points {
			c.verdictOf(ctx, t)
		}
	} else {
		firstNotSafe(len(points), c.tasks.holding(event),
			func(i int) bool { return c.verdictOf(ctx, points[i]) == Safe })
	}
	park.Total = len(points)
	for _, t := range points {
		if _, replayed := c.prefixes[t.End]; replayed {
			park.Points = append(park.Points,
				ParkPoint{Task: t.Completed, Event: int64(t.End), Verdict: c.verdictOf(ctx, t)})
		}
	}
	return park
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
