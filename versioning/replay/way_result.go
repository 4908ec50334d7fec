package replay

import "github.com/replaymatrix/replaymatrix/versioning/cause"

// OnItsWay returns r for an execution that comes to the code that way. Options.Stages tell it within a family. Who
// compares two revisions knows it when both have judged. What helps then differs: code that is older than the
// execution is not to be changed, but to be kept away from it.
func (r Result) OnItsWay(way cause.Way) Result {
	if !r.Verdict.Incompatible() {
		return r
	}
	d := r.Cause.Decided
	switch d.Kind {
	case "", cause.RanShadow:
	default:
		if way == cause.ByRollback && !d.Elsewhere() {
			d = cause.Decision{Kind: cause.OlderCode}
		}
	}
	d.Way = way
	r.Cause.Decided = d
	return r
}
