package matrix

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Observed returns what live Workers did with the execution of the cell's recording when the stage
// of the cell took over. It returns nothing if nobody observed this.
func (m *Matrix) Observed(c Cell) (observations []history.Observation) {
	for _, o := range m.Live {
		if o.To == c.Stage && o.Recording() == c.Recording {
			observations = append(observations, o)
		}
	}
	return observations
}

// ButLive reports whether live Workers do something next that the verdict does not lead one to
// expect. They take an execution that does not replay, as the Workflow Task that closes it is not
// checked; or they do not do with one that replays what the code does that ran it.
func (c Cell) ButLive() bool {
	switch {
	case c.Verdict == replay.Safe || c.Verdict == replay.Drift || c.Verdict == replay.Unstarted:
		return slices.ContainsFunc(c.Effects.List, rehearse.Effect.Notable)
	case !c.Verdict.Incompatible():
		return false
	}
	return slices.ContainsFunc(c.Effects.List, func(e rehearse.Effect) bool {
		recorded := e.Kind == rehearse.AsRecorded && e.News.Kind == rehearse.NewsRecorded
		return recorded || e.Ending != "" && !e.MadeUp()
	})
}

// ContradictedBy reports whether a live Worker did not do what the verdict says. The Worker took an
// execution that does not replay, or did not take an execution that replays. Nothing contradicts an
// unjudged cell or a cell whose execution had not begun, because their verdicts say nothing about a
// Worker.
func (c Cell) ContradictedBy(o history.Observation) bool {
	took := o.Outcome == history.Closed || o.Outcome == history.WentOn
	accepted := c.Verdict == replay.Safe || c.Verdict == replay.Drift
	return c.Verdict != replay.Unjudged && c.Verdict != replay.Unstarted && took != accepted
}
