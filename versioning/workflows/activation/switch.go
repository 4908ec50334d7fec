package activation

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// SwitchedOff makes workers keep the change off: an execution that reaches the
// call for the first time records DefaultVersion, in a marker that code without
// the call replays as well.
func SwitchedOff(options *worker.Options) {
	options.PreferredVersionProvider = prefer(workflow.DefaultVersion)
}

// SwitchedOn makes workers record version 1. Nil would do so too, until the
// code supports a version 2: it means the newest.
func SwitchedOn(options *worker.Options) {
	options.PreferredVersionProvider = prefer(1)
}

// prefer is what a real provider does with the value that it reads from a
// configuration file or a feature flag. Other change IDs are none of its
// business: nil is the newest version, as without a provider. It clamps, so that
// a preference that the code no longer supports does not fail workflow tasks.
func prefer(version workflow.Version) worker.PreferredVersionProvider {
	return func(call worker.PreferredVersionProviderInput) *worker.VersionPreference {
		if call.ChangeID != ChangeID {
			return nil
		}
		return &worker.VersionPreference{Version: version, ClampToSupportedRange: true}
	}
}
