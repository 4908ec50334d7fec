// Package replay judges one recording against one stage. It replays the recorded Event History with
// the SDK's own replayer, and makes a Verdict from what the SDK says.
//
//	result := replay.Judge(ctx, stage, recording, nil)
//	if result.Verdict.Incompatible() { … result.Place.Event … result.Cause … }
//
// The SDK compares little more than the kinds of commands and events. If the SDK accepts a replay,
// this package compares again, up to Config.Level: which arguments an activity gets, how long a
// timer runs, what the workflow returns. If the code differs from the history there, the verdict is
// Drift. docs/verdicts.md lists the fields.
//
// The package needs no Temporal Service and no activities.
package replay

import "github.com/replaymatrix/replaymatrix/versioning/cause"

// A Result is what a replay has shown.
type Result struct {
	Verdict Verdict

	// Place is where history and code part. It is zero where the verdict is Safe, NotApplicable,
	// Unstarted or Unjudged.
	Place Place

	// Cause is the reason for the verdict, as data. It is zero where there is nothing to explain.
	Cause cause.Cause

	// Moved is set where the verdict is NotApplicable. It is the verdict that the execution would
	// get if somebody moved the execution to the stage. It is empty for all other verdicts.
	Moved Verdict

	Evidence

	// Err is the reason why the verdict, or Moved, is Unjudged. It is nil where neither is
	// Unjudged.
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
