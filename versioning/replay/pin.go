package replay

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pinning"
)

// keep gives the verdict on a stage of another build, from what a replay there
// has shown: it cannot happen, unless somebody moves the execution.
func keep(p *pinning.Pin, closed bool, build string, there Result) Result {
	why, d := there.Cause, there.Place
	why.Pin = &cause.Pin{
		Build: p.Build, To: build, By: p.By, Event: p.Event, Override: p.Override, Closed: closed,
		At: d.Event, Source: d.Source, Callers: d.Callers, Near: d.Near,
	}
	return Result{
		Verdict:  NotApplicable,
		Moved:    there.Verdict,
		Cause:    why,
		Err:      there.Err,
		Evidence: Evidence{Park: there.Park, Versions: there.Versions, Explanation: there.Explanation},
	}
}
