package replay

import (
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// prefix is what the replay of the first events of the history has given. The verdict is empty until
// verdictOf makes it.
type prefix struct {
	verdict Verdict
	seen    *observer.Observer
	// no is why the SDK rejects it, nil if it does not.
	no *rejection
}

// replayed is one replay of the first events of the recording by the stage.
type replayed struct {
	stage string
	// events is their number.
	events int
	seen   *observer.Observer
	// reading is what the SDK's error says, if there is one.
	rejected bool
	reading  reading
	// steps are what the code did, made when they are asked for.
	steps *compare.Steps
}

func (r *replayed) did() *compare.Steps {
	if r.steps == nil {
		r.steps = compare.StepsOf(r.seen.Recorder.Trace())
	}
	return r.steps
}
