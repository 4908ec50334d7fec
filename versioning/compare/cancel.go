package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// A Cancellation says whether the code has asked for the cancellation that an event records.
type Cancellation string

// The cancellations.
const (
	Canceled    Cancellation = "canceled"
	NotCanceled Cancellation = "not canceled"
	// CancelUnknown is for the cancellation of a Child Workflow or of a Nexus Operation. The SDK
	// tells nothing about such a cancellation.
	CancelUnknown Cancellation = "unknown"
)

// Cancellation returns what is known about an event that follows from a cancelled context. ok is
// false for other events.
func (s *SideBySide) Cancellation(e *historypb.HistoryEvent) (c Cancellation, ok bool) {
	if !events.FromCancel(e) {
		return "", false
	}
	var key string
	if a := e.GetTimerCanceledEventAttributes(); a != nil {
		key = "RequestCancelTimer " + a.GetTimerId()
	} else if a := e.GetActivityTaskCancelRequestedEventAttributes(); a != nil {
		scheduled := s.Events[a.GetScheduledEventId()-1].GetActivityTaskScheduledEventAttributes()
		key = "RequestCancelActivity " + scheduled.GetActivityId()
	}
	switch {
	case key == "":
		return CancelUnknown, true
	case s.canceled[key] || s.accepted:
		return Canceled, true
	default:
		return NotCanceled, true
	}
}
