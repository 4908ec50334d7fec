package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/observer"

// A VersionCall is a GetVersion call that the replayed code has made. However
// often it is made, one run gives it one answer: the first call for a change ID
// decides for all of them (GetVersion in the SDK's
// internal/internal_event_handlers.go).
type VersionCall struct {
	ChangeID string

	// Min and Max are the range of versions that the call supports, -1 being
	// workflow.DefaultVersion.
	Min, Max int

	// Source is the last two elements of the path and the line of workflow code
	// that calls GetVersion, "order/charge.go:31". It is that of the helper where
	// all of a program's calls go through one.
	Source string

	// Taken is whether the call returned, with Version. It did not where the
	// recorded version is outside of the range.
	Taken   bool
	Version int
}

// versionCalls are the calls that the replay has made so far.
func versionCalls(seen *observer.Observer) []VersionCall {
	made := seen.VersionCalls()
	if len(made) == 0 {
		return nil
	}
	calls := make([]VersionCall, len(made))
	for i, call := range made {
		calls[i] = VersionCall(call)
	}
	return calls
}
