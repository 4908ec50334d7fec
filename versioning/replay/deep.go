package replay

import (
	"github.com/replaymatrix/replaymatrix/versioning/trace"
)

// tracing is whether replays are to note what the code does.
func (c *cell) tracing() bool {
	return c.opts.Explain || c.opts.Level.Includes(trace.Shape)
}

// accepted compares what the SDK has accepted.
func (c *cell) accepted(seen *observer) Result {
	result := Result{Verdict: Safe, Answers: seen.awaitAnswers()}
	if !c.tracing() {
		return result
	}
	t := seen.recorder.Trace(c.recording.History.GetEvents(), true)
	result.Differences = t.Differences(c.opts.Level)
	if len(result.Differences) > 0 {
		result.Verdict = Drift
	}
	return result
}
