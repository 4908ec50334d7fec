package observer

import "slices"

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

// placeOf returns where the call stands among those that were made, at the end if
// it is new.
func (o *Observer) placeOf(call VersionCall) int {
	place, made := o.places[call]
	if !made {
		if o.places == nil {
			o.places = map[VersionCall]int{}
		}
		place = len(o.calls)
		o.places[call] = place
		o.calls = append(o.calls, call)
	}
	return place
}

// VersionCalls returns the calls that were made so far.
func (o *Observer) VersionCalls() (calls []VersionCall) {
	o.note(func(o *Observer) { calls = slices.Clone(o.calls) })
	return calls
}
