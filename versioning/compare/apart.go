package compare

import historypb "go.temporal.io/api/history/v1"

// A Repeat says how two Steps are compared.
type Repeat struct {
	// Until is the ID of the last event whose Workflow Task counts.
	Until int64
	// Level is how much of a call counts.
	Level Level
	// Allowed reports whether a difference does not count.
	Allowed func(Difference) bool
	// Started is the first event of the history.
	Started *historypb.WorkflowExecutionStartedEventAttributes
	// Ended is false if one of the replays was given up. Such a replay says nothing about the calls
	// that it did not reach.
	Ended bool
}

// Apart is the first place at which the code did different things in two replays.
type Apart struct {
	// Index is the number of calls before that place. Both replays have made these calls.
	Index int
	// Calls are the calls of both replays at that place. One of them is nil if the code makes no
	// more calls there.
	Calls [2]*Call
	// Path names the value that differs, as in a Difference. Path is empty if the calls themselves
	// differ. Values are both values, as people read them.
	Path   string
	Values [2]string
}

// Apart returns the first place at which the code did something else than in the other replay.
// found is false if there is no such place.
func (s *Steps) Apart(other *Steps, how Repeat) (apart Apart, found bool) {
	limit := s.comparable(other)
	for i := 0; i < limit; i++ {
		a, b := s.until(i, how.Until), other.until(i, how.Until)
		if a != nil && b != nil {
			path, values, differ := s.differ(a, b, how)
			if !differ {
				continue
			}
			apart = Apart{Index: i, Calls: [2]*Call{a, b}, Path: path, Values: values}
		}
		// What is not regular comes last, and how much of it is seen is not the code's.
		if a, b = a.regular(), b.regular(); a == nil && b == nil || !how.Ended && (a == nil || b == nil) {
			return Apart{}, false
		}
		if a == nil || b == nil {
			apart = Apart{Index: i, Calls: [2]*Call{a, b}}
		}
		return apart, true
	}
	return Apart{}, false
}

func (s *Steps) until(index int, event int64) *Call {
	if index >= len(s.calls) || s.calls[index].Task > event {
		return nil
	}
	return s.calls[index]
}

// comparable is the number of calls up to the first error that a converter gave in one
// of the replays only: what follows from it is not the code's.
func (s *Steps) comparable(other *Steps) int {
	for i := range max(len(s.faults), len(other.faults)) {
		switch {
		case i >= len(s.faults):
			return other.faults[i]
		case i >= len(other.faults):
			return s.faults[i]
		case s.faults[i] != other.faults[i]:
			return min(s.faults[i], other.faults[i])
		}
	}
	return max(len(s.calls), len(other.calls))
}

// differ compares two calls as far as the level goes.
func (s *Steps) differ(a, b *Call, how Repeat) (path string, values [2]string, differ bool) {
	if a.Kind != b.Kind || a.Key() != b.Key() || a.Task != b.Task || a.Made != b.Made || a.Versions != b.Versions ||
		(a.Attributes == nil) != (b.Attributes == nil) || a.OutOfRange() != b.OutOfRange() ||
		a.Panicked() != b.Panicked() {
		return "", values, true
	}
	if a.Attributes != nil {
		for found := range s.values(a, b, how.Started) {
			if how.Level.Includes(found.Level) && !how.Allowed(found) {
				return found.Path, [2]string{found.Recorded, found.Now}, true
			}
		}
	}
	return "", values, a.ID != b.ID && how.Level.orDefault() == Commands
}
