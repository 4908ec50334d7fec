package record

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// NotTakenError reports that an execution ran as its scenario says, but did not record the version
// of the change ID that it was meant to record.
type NotTakenError struct {
	ChangeID string
	Version  int
	// Asked reports whether the execution asked for the change ID at all. If so, Min and Max are
	// the range that it asked with.
	Asked    bool
	Min, Max int
	// Others are the versions of other change IDs that the execution also preferred.
	Others map[string]int
}

func (e *NotTakenError) Error() string {
	with := ""
	if len(e.Others) > 0 {
		with = ", with " + preferred(e.Others)
	}
	if e.Asked {
		return fmt.Sprintf("this time the code asked for %q from %s to %s%s", e.ChangeID, versionText(e.Min),
			versionText(e.Max), with)
	}
	return fmt.Sprintf("this time the code did not ask for %q%s: what leads there depends on time or on chance",
		e.ChangeID, with)
}

// OwnProviderError reports that the PreferredVersionProvider in the stage's WorkerOptions chooses
// the version. The Workers of the stage never record another version.
type OwnProviderError struct{ Prefers int }

func (e *OwnProviderError) Error() string {
	return fmt.Sprintf("the stage's own PreferredVersionProvider prefers %s", versionText(e.Prefers))
}

// LeftOutError reports versions that were not tried.
type LeftOutError struct {
	// Runs reports whether SweepOptions.Runs was used up. Otherwise the range has too many
	// versions, and nothing names the versions that were left out.
	Runs bool
}

func (e *LeftOutError) Error() string {
	if e.Runs {
		return "not tried, since SweepOptions.Runs are used up: allow more"
	}
	return "not tried, since the range is long and no call begins or ends there: name the versions that matter in " +
		"SweepOptions.Versions"
}

// versionText names a version as the code spells it.
func versionText(version int) string {
	if version == -1 {
		return "DefaultVersion"
	}
	return "version " + strconv.Itoa(version)
}

// preferred names versions of change IDs, sorted.
func preferred(versions map[string]int) string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(versions)) {
		list = append(list, fmt.Sprintf("%q at %s", id, versionText(versions[id])))
	}
	return strings.Join(list, ", ")
}
