package replay

import (
	"context"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// steady replays the code of a cell that is not safe again until two replays differ, at
// most eight times, and of one that is safe once if Options.Twice asks for it. Replays
// of one cell come one after the other. Those of the park points count as far as they go; none goes
// further than the Workflow Task in which history and code part, as what comes after it has no
// part in the verdict. Only replays of the same events are held to differ.
func (c *cell) steady(ctx context.Context, result Result) Result {
	reach, wanted := c.reach(result)
	if reach == 0 {
		return result
	}
	c.repeating, c.asking = true, false
	defer func() { c.repeating = false }()
	w := &watch{cell: c, ctx: ctx}
	if w.differ(reach, wanted) || result.Verdict == Drift && w.differ(c.end(), 1) {
		w.settle()
		result = w.unstable(result)
	}
	if ctx.Err() != nil {
		return unjudged(context.Cause(ctx))
	}
	return result
}

// reach is the number of events that have to be replayed to see whether the code does
// the same each time, and wanted how many replays have to agree; 0 if none have to. A
// deadlock takes a second each time, and what comes before it is enough.
func (c *cell) reach(result Result) (events, wanted int) {
	switch result.Verdict {
	case Unjudged, Unregistered, NotApplicable, Unstarted:
		return 0, 0
	case Safe:
		if !c.opts.Twice {
			return 0, 0
		}
		return c.end(), 1
	}
	i := max(0, c.tasks.holding(result.Place.Event))
	if result.Cause.Kind == cause.CodeDeadlocks {
		if i--; i < 0 {
			return 0, 0
		}
		return c.tasks[i].End, most
	}
	if result.Place.Event > int64(c.tasks[i].End) {
		i = min(i+1, len(c.tasks)-1) // the event is handed to the next task
	}
	return c.tasks[i].End, most
}
