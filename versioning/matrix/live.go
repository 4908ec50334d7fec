package matrix

import (
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Observed returns what live workers did with the execution of the cell's
// recording when its stage took over, nothing if that was not observed.
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

// ContradictedBy reports whether a live worker did not do what the verdict says: it took an
// execution that does not replay, or did not take one that does. Nothing contradicts an
// unjudged cell, or one whose execution had not begun: their verdicts say nothing about a
// worker.
func (c Cell) ContradictedBy(o history.Observation) bool {
	took := o.Outcome == history.Closed || o.Outcome == history.WentOn
	accepted := c.Verdict == replay.Safe || c.Verdict == replay.Drift
	return c.Verdict != replay.Unjudged && c.Verdict != replay.Unstarted && took != accepted
}
