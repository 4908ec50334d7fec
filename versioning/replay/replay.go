// Package replay judges one recording against one stage: it replays the
// recorded event history with the SDK's own replayer and turns what the SDK
// says into a Verdict.
//
//	result := replay.Judge(ctx, stage, recording, nil)
//	if result.Verdict.Incompatible() { … result.Place.Event … result.Cause … }
//
// The SDK compares little more than the kinds of commands and events. What it
// accepts is compared again, up to Config.Level: which arguments an activity gets,
// how long a timer runs, what the workflow returns. Where that is not what the
// history says, the verdict is Drift. docs/verdicts.md lists the fields.
//
// It needs no service and no activities.
package replay

import "github.com/replaymatrix/replaymatrix/versioning/cause"

// A Result is what a replay has shown.
type Result struct {
	Verdict Verdict

	// Place is where history and code part. It is zero where the
	// verdict is Safe, NotApplicable or Unjudged.
	Place Place

	// Cause is why, as data. It is zero where there is nothing to say.
	Cause cause.Cause

	// Moved is, where the verdict is NotApplicable, the verdict that the execution
	// would get if somebody moved it to the stage. It is empty otherwise.
	Moved Verdict

	Evidence

	// Err is why the verdict, or Moved, is Unjudged, nil where it is another one.
	Err error
}

func unjudged(err error) Result {
	return Result{Verdict: Unjudged, Err: err}
}

// Findings are the notes that a reader has to look at.
func (r Result) Findings() (findings []Note) {
	for _, n := range r.Notes {
		if n.Kind.Finding() {
			findings = append(findings, n)
		}
	}
	return findings
}
