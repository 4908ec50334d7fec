package matrix

import (
	"github.com/replaymatrix/replaymatrix/versioning/history"
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

// Contradictions returns the observations of the cell that contradict its verdict.
func (m *Matrix) Contradictions(c Cell) (observations []history.Observation) {
	for _, o := range m.Observed(c) {
		if c.ContradictedBy(o) {
			observations = append(observations, o)
		}
	}
	return observations
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
