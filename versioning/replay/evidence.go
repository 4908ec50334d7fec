package replay

import "github.com/replaymatrix/replaymatrix/versioning/compare"

// Evidence is what a replay has shown beside its verdict.
type Evidence struct {
	// Park is what happens to executions that wait at a point of the recording, if
	// the verdict, or Moved, is neither Safe nor Unjudged. It is empty otherwise.
	Park Park

	// Answers are what the execution would answer under this stage, sorted by query. Only
	// queries whose handler takes no arguments are asked. Answers show which branch the code
	// has taken; the verdict Safe does not. Empty where the verdict is neither Safe nor Drift.
	Answers []Answer

	// Versions are the different GetVersion calls that the code has made, in the
	// order of their first time; those before the end where the replay failed. Code
	// after the last recorded event does not run, so it makes none.
	Versions []VersionCall

	// Offers are the signals, updates and queries by which the code can be reached, and the
	// activities that it has called, as far as the replay came. They are sorted.
	Offers []Offer

	// Differences is what the code does otherwise than the history says, up to
	// Config.Level, in the order of the history, where the SDK accepts the replay.
	Differences []compare.Difference

	// Allowed are differences that a rule of Config.Allow is about.
	Allowed []Allowed

	// Notes are what was seen beside the verdict, in the order of the history.
	Notes []Note

	// Explanation is nil unless it is asked for, and where nothing was replayed. It is empty
	// where the workflow type is not registered.
	Explanation *Explanation

	// SDKErr is the error of the SDK's replayer that Place and Cause are about, nil if
	// there was none.
	SDKErr error
}

// Allowed is a difference with the rule that allows it.
type Allowed struct {
	compare.Difference
	Rule compare.Allow
}
