package observer

import "slices"

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

// VersionCalls returns the different GetVersion calls that were made so far.
func (o *Observer) VersionCalls() []VersionCall {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.calls)
}
