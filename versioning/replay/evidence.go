package replay

import "github.com/replaymatrix/replaymatrix/versioning/compare"

// Evidence is what a replay has shown beside the verdict.
type Evidence struct {
	// Park is what happens to executions that wait at a point of the recording. It is empty if the
	// verdict, or Moved, is Safe, Unjudged, Unstable or Unstarted. It is also empty if the
	// execution has completed no Workflow Task.
	Park Park

	// Answers are what the execution would answer under this stage, sorted by query. A replay asks
	// a query only if the query handler takes no arguments. Answers show which branch the code has
	// taken. The verdict Safe does not show the branch. Answers are empty where the verdict is
	// neither Safe nor Drift.
	Answers []Answer

	// Versions are the different GetVersion calls that the code has made, in the order of the first
	// call. Where the replay failed, Versions are the calls before the failure. Code after the last
	// recorded event does not run, so this code makes no calls.
	Versions []VersionCall

	// Offers are the signals, updates and queries that the code handles, and the activities that
	// the code has called, as far as the replay came. They are sorted.
	Offers []Offer

	// Differences are set where the SDK accepts the replay. They say where the code does something
	// else than the history says, up to Config.Level. They are in the order of the history.
	Differences []compare.Difference

	// Allowed are the differences that a rule of Config.Allow allows.
	Allowed []Allowed

	// Notes are the observations beside the verdict, in the order of the history.
	Notes []Note

	// Explanation is nil unless Options.Explain asks for an Explanation. It is also nil where
	// nothing was replayed. It is empty where the workflow type is not registered.
	Explanation *Explanation

	// SDKErr is the error of the SDK's replayer that Place and Cause are about. It is nil if there
	// was no error.
	SDKErr error
}

// Allowed is a difference with the rule that allows it.
type Allowed struct {
	compare.Difference
	Rule compare.Allow
}
