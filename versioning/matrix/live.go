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

// Otherwise returns the observations in which a live worker did not do what the verdict says.
// The worker took an execution that does not replay, or did not take one that does. An
// unjudged cell has none, and neither has a cell whose execution had not begun: their verdicts
// say nothing about a worker.
func (m *Matrix) Otherwise(c Cell) (observations []history.Observation) {
	for _, o := range m.Observed(c) {
		took := o.Outcome == history.Closed || o.Outcome == history.WentOn
		accepted := c.Verdict == replay.Safe || c.Verdict == replay.Drift
		if c.Verdict != replay.Unjudged && c.Verdict != replay.Unstarted && took != accepted {
			observations = append(observations, o)
		}
	}
	return observations
}
