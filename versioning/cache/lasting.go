package cache

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// lastingVerdicts do not depend on how fast the machine is. A panic can be a
// deadlock, which is one second without a step, and what could not be judged is to
// be tried again. That code is unstable was seen: another run may have more luck, and
// is no better proof.
var lastingVerdicts = []replay.Verdict{
	replay.Safe, replay.Drift, replay.Nondeterministic, replay.Undecodable, replay.VersionRemoved,
	replay.VersionUnknown,
	replay.Unregistered, replay.NotApplicable, replay.Unstable, replay.Unstarted,
}

// lasting returns the row with the cells that can be kept, false if there are none.
func lasting(row matrix.Row) (matrix.Row, bool) {
	if row.Err != nil {
		return row, false
	}
	row.Cells = slices.DeleteFunc(slices.Clone(row.Cells), func(c matrix.Cell) bool {
		return !isLasting(c.Result) || !areLasting(c.Effects)
	})
	return row, len(row.Cells) > 0
}

// areLasting reports whether effects do not depend on how fast the machine is. What a Worker panics
// with can be a deadlock too.
func areLasting(e rehearse.Effects) bool {
	return e.Failed == "" && !slices.ContainsFunc(e.List, func(one rehearse.Effect) bool {
		return one.Kind == rehearse.Stuck && !one.Refused && !one.Mismatch()
	})
}

func isLasting(r replay.Result) bool {
	verdicts := []replay.Verdict{r.Verdict}
	if r.Moved != "" {
		verdicts = append(verdicts, r.Moved)
	}
	for _, p := range r.Park.Points {
		verdicts = append(verdicts, p.Verdict)
	}
	for _, v := range verdicts {
		if !slices.Contains(lastingVerdicts, v) {
			return false
		}
	}
	// A query handler has a second to answer.
	return !slices.ContainsFunc(r.Answers, func(a replay.Answer) bool { return a.Err != "" })
}
