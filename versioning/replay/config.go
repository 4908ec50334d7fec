package replay

import (
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// Config is how the Workers of a family are set up, as far as it matters to a replay, and
// what of a replay is compared. The zero value suits Workers with default options.
type Config struct {
	// Worker is passed to the SDK as it is: data converter, failure
	// converter, interceptors, context propagators, plugins, external storage,
	// registration aliasing and deadlock detection. A new replayer is made
	// from it for each replay, so plugins see each replay as one of its own.
	Worker worker.WorkflowReplayerOptions

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

	// Logger gets what the SDK logs during a replay, a stack trace for every
	// failing one. nil keeps it silent.
	Logger sdklog.Logger
}

// Validate returns an error for a Level that is none, or for a rule in Allow that is
// not valid. What is judged with such a Config is Unjudged.
func (c Config) Validate() error {
	if err := c.Level.Validate(); err != nil {
		return err
	}
	for _, rule := range c.Allow {
		if err := rule.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// Options are a Config and what is asked of one judgement. nil is the zero value.
type Options struct {
	Config

	// Stages are those of the family in the order of their release, nil if unknown.
	// For a recording whose lineage is known they tell a deploy from a rollback. The last
	// stage of the lineage is replayed too, as a reference: it shows whether the code that
	// ran the execution took a signal or a value that this code leaves.
	Stages []versioning.Stage

	// Explain makes an Explanation of each Result, whatever the Level.
	Explain bool

	// Twice replays the code of a safe cell once more: Unstable if it does not do the same.
	// Cells with any other verdict are replayed again without it.
	Twice bool
}
