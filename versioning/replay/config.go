package replay

import (
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// Config says how the Workers of a family are set up, as far as the setup matters to a replay. It
// also says what a replay compares. The zero value suits Workers with default options.
type Config struct {
	// Worker is passed to the SDK unchanged: data converter, failure converter, interceptors,
	// context propagators, plugins, external storage, registration aliasing and deadlock detection.
	// Each replay makes a new replayer from Worker, so plugins see a separate replayer for each
	// replay.
	Worker worker.WorkflowReplayerOptions

	// Level says how much a replay compares with the history. The zero value means compare.Values.
	Level compare.Level

	// Allow names differences that are known and wanted. Such differences are in Result.Allowed,
	// and do not make a verdict. Every rule must be valid.
	Allow []compare.Allow

	// StrictPayloads is about a member of a value that is absent on one side and zero on the other.
	// With StrictPayloads, such a member is a difference. Without StrictPayloads, such a member is
	// only a Note if the Go type of the value does not distinguish absent from zero.
	// docs/verdicts.md has the rule.
	StrictPayloads bool

	// DefaultNamespace is the namespace of executions whose recordings do not name a namespace.
	// Workflow code, interceptors and converters see this namespace. Empty means that the namespace
	// is not known. The code then sees the namespace of the SDK's replayer.
	DefaultNamespace string

	// Logger gets what the SDK logs during a replay. The SDK logs a stack trace for every failing
	// replay. Nil keeps the SDK silent.
	Logger sdklog.Logger
}

// Validate returns an error if Level is not a known level, or if a rule in Allow is not valid. With
// such a Config, every verdict is Unjudged.
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

// Options are a Config and the settings of one judgement. A nil *Options means the zero value.
type Options struct {
	Config

	// Stages are the stages of the family in the order of release. Nil means that they are unknown.
	// If the lineage of a recording is known, Stages tell a deploy from a rollback. The last stage
	// of the lineage is replayed too, as a reference. The reference shows whether the code that ran
	// the execution took a signal or a value that this code leaves.
	Stages []versioning.Stage

	// Catalogue is whether Stages are not released one after another, as in versioning.Family.
	Catalogue bool

	// Explain adds an Explanation to each Result, at every Level.
	Explain bool

	// Twice replays the code of a safe cell once more. The verdict is Unstable if the two replays
	// differ. Cells with another verdict are replayed again even without Twice. The exceptions are
	// Unjudged, Unregistered, Unstarted, and a deadlock in the first Workflow Task.
	Twice bool
}
