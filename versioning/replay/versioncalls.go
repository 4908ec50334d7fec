package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/observer"

// A VersionCall is a GetVersion call that the replayed code has made. The first call for a change
// ID decides the answer of all later calls in the same run (GetVersion in the SDK's
// internal/internal_event_handlers.go).
type VersionCall struct {
	ChangeID string

	// Min and Max are the range of versions that the call supports. -1 is workflow.DefaultVersion.
	Min, Max int

	// Source is the line of workflow code that calls GetVersion, with the last two elements of the
	// path: "order/charge.go:31". If all calls of a program go through one helper, Source is the
	// line in the helper.
	Source string

	// Taken is true if the call returned, and Version is what the call returned. The call did not
	// return where the recorded version is outside of the range.
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
