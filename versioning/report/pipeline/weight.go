package pipeline

import (
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// weight is what a cell means to a pipeline.
type weight int

const (
	_ weight = iota
	// notice is bad, and the caller has asked to fail on others; or it is what has no
	// bad verdict, and is worth a look all the same.
	notice
	// warning is bad, and the caller has not said what to fail on.
	warning
	failure
)

// weightOf is what a cell of a finding means that has the verdict, and that fails if the
// caller has asked for it.
func weightOf(o report.CIOptions, v replay.Verdict, fails bool) weight {
	switch {
	case fails:
		return failure
	case o.FailOn == nil && (v.Incompatible() || v == replay.Unjudged):
		return warning
	default:
		return notice
	}
}

// findingWeight is that of the cells that matter most.
func findingWeight(f *told.Finding) weight { return weightOf(f.Options, f.Cause.Verdict, f.Fails()) }
