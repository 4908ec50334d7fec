package compare

import (
	"cmp"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Describe returns the event's type and what it is about: "TimerStarted (5)".
func (s *SideBySide) Describe(e *historypb.HistoryEvent) string {
	if e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes() != nil {
		return events.About(e, events.Name(e)+" to "+events.Target(e))
	}
	if name := nameOf(e, s.converter); name != "" {
		return events.About(e, name)
	}
	return events.Describe(e)
}

// PathOf names what the event is about, for the Path of a Difference: the type of the event, and
// the name that the user gave.
func (s *SideBySide) PathOf(e *historypb.HistoryEvent) string { return pathOf(e, s.converter) }

// PathOf is SideBySide.PathOf without a SideBySide. If the name is encoded, the SDK's default
// converter reads the name.
func PathOf(e *historypb.HistoryEvent) string { return pathOf(e, payload.Decoder{}) }

func pathOf(e *historypb.HistoryEvent, d payload.Decoder) string {
	if name := nameOf(e, d); name != "" {
		return e.GetEventType().String() + "(" + name + ")"
	}
	return e.GetEventType().String()
}

// nameOf is the name that the user gave what the event is about: of a marker, too, and the
// workflow ID that a request to cancel goes to.
func nameOf(e *historypb.HistoryEvent, d payload.Decoder) string {
	marker := e.GetMarkerRecordedEventAttributes()
	if operation := e.GetNexusOperationScheduledEventAttributes(); operation != nil {
		return wholeName(operation.GetService(), operation.GetOperation())
	}
	if marker == nil {
		return cmp.Or(events.Name(e), events.Target(e))
	}
	name := marker.GetMarkerName()
	if data, ok := localActivity(marker, d); ok && name == "LocalActivity" {
		return name + " " + data.ActivityType
	}
	// What identifies a marker begins with its kind; the number of a side effect
	// is one of the run, not of the code.
	if _, id, ok := strings.Cut(markerKey(marker, d), " "); ok && name != "LocalActivity" {
		return name + " " + id
	}
	return name
}

// wholeName is the name of a Nexus operation with that of its service: each service has names of its
// own.
func wholeName(service, operation string) string {
	if service == "" {
		return operation
	}
	return service + "." + operation
}
