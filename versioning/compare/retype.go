package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// retyped reports whether the call does by another function of the SDK what the event's call did:
// it gives a value that is kept in a marker, or it runs something of the same name or with the same
// input.
func (s *SideBySide) retyped(e *historypb.HistoryEvent, c *Call) bool {
	was := trace.KindOf(e)
	switch {
	case was == c.Kind:
		return false
	case keepsValue(was) && keepsValue(c.Kind):
		return true
	case !runs(was) || !runs(c.Kind):
		return false
	}
	name := nameOf(e, s.converter)
	if was == trace.LocalActivity {
		data, _ := localActivity(e.GetMarkerRecordedEventAttributes(), s.converter)
		name = data.ActivityType
	}
	carried := s.Carried(e)
	return afterLastDot(name) == afterLastDot(c.Name) || carried != "" && carried == s.Carries(c)
}

// keepsValue reports whether a call of the kind leaves its value in a marker.
func keepsValue(kind trace.Kind) bool {
	return kind == trace.SideEffect || kind == trace.MutableSideEffect || kind == trace.LocalActivity
}

// runs reports whether a call of the kind runs something that has a name, and gives its result.
func runs(kind trace.Kind) bool {
	switch kind {
	case trace.Activity, trace.LocalActivity, trace.ChildWorkflow, trace.NexusOperation:
		return true
	}
	return false
}
