// Package replay judges one recording against one stage: it replays the
// recorded event history with the SDK's own replayer and turns what the SDK
// says into a Verdict.
//
//	result := replay.Judge(ctx, stage, recording, replay.Options{})
//	if result.Verdict.Incompatible() { … result.Divergence.Event … result.Cause … }
//
// The SDK compares little more than the kinds of commands and events. What it
// accepts is compared again, up to Options.Level: which arguments an activity gets,
// how long a timer runs, what the workflow returns. Where that is not what the
// history says, the verdict is Drift. docs/verdicts.md lists the fields.
//
// It needs no service and no activities.
package replay

import (
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// Options are what a stage's real workers are set up with, as far as it matters
// to a replay. The zero value suits workers with default options.
type Options struct {
	// Replayer is passed to the SDK as it is: data converter, failure
	// converter, interceptors, context propagators, plugins, external storage,
	// registration aliasing and deadlock detection. A new replayer is made
	// from it for each replay, so plugins see each replay as one of its own.
	Replayer worker.WorkflowReplayerOptions

	// Level is how much of what the code does is compared with the history; the zero
	// value means compare.Values.
	Level compare.Level

	// Allow names differences that are known and wanted: they are in
	// Result.Allowed, and do not make a verdict. Each rule is valid.
	Allow []compare.Allow

	// StrictPayloads makes a member of a value that is absent on one side and zero on the
	// other a difference. Otherwise it is none, and a Note, where the Go type of the
	// value makes none between them: docs/verdicts.md has the rule.
	StrictPayloads bool

	// DefaultNamespace is the namespace of executions whose recordings do not say it:
	// workflow code, interceptors and converters see it. Empty means that it is not
	// known, and they see that of the SDK's replayer.
	DefaultNamespace string

	// Explain makes an Explanation of each Result, whatever the Level.
	Explain bool

	// Twice replays also the code of a safe cell once more: Unstable if it does not do
	// the same. Of any other cell that is found out without it.
	Twice bool

	// Stages are those of the family in the order of their release, nil if unknown.
	// With a recording whose lineage is known they tell a deploy from a rollback, and
	// they have the code that ran the execution, which is the reference where a history
	// alone cannot tell what this code no longer takes.
	Stages []versioning.Stage

	// Logger gets what the SDK logs during a replay, a stack trace for every
	// failing one. nil keeps it silent.
	Logger sdklog.Logger
}

// Validate returns an error for a Level that is none, or for a rule in Allow that is
// not valid. What is judged with such options is Unjudged.
func (o Options) Validate() error {
	if err := o.Level.Validate(); err != nil {
		return err
	}
	for _, rule := range o.Allow {
		if err := rule.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// A Result is what a replay has shown.
type Result struct {
	Verdict Verdict

	// Divergence is where history and code part. It is zero where the
	// verdict is Safe, NotApplicable or Unjudged.
	Divergence Divergence

	// Moved is, where the verdict is NotApplicable, the verdict that the execution
	// would get if somebody moved it to the stage. It is empty otherwise.
	Moved Verdict

	// Park is what happens to executions that wait at a point of the recording, if
	// the verdict, or Moved, is neither Safe nor Unjudged. It is empty otherwise.
	Park Park

	// Cause is why, as data. It is zero where there is nothing to say.
	Cause Cause

	// Answers are those of the query handlers without arguments that the workflow
	// has set, sorted by query: what the execution would tell under this stage.
	// They say which branch the code has taken, which Safe does not. Empty
	// where the verdict is neither Safe nor Drift.
	Answers []Answer

	// Versions are the different GetVersion calls that the code has made, in the
	// order of their first time; those before the end where the replay failed. Code
	// after the last recorded event does not run, so it makes none.
	Versions []VersionCall

	// Offers are the signals, updates and queries by which the code can be reached, and the
	// activities that it has called, as far as the replay came. They are sorted.
	Offers []Offer

	// Differences is what the code does otherwise than the history says, up to
	// Options.Level, in the order of the history, where the SDK accepts the replay.
	Differences []compare.Difference

	// Allowed are differences that a rule of Options.Allow is about.
	Allowed []Allowed

	// Notes are what was seen beside the verdict, in the order of the history.
	Notes []Note

	// Explanation is nil unless Options.Explain asks for it, and where nothing was
	// replayed.
	Explanation *Explanation

	// SDKErr is the error of the SDK's replayer that Divergence and Cause are about, nil if
	// there was none.
	SDKErr error

	// Err is why the verdict, or Moved, is Unjudged, nil where it is another one.
	Err error
}

// Allowed is a difference with the rule that allows it.
type Allowed struct {
	compare.Difference
	Rule compare.Allow
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
