package trace

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// EventType returns the type of the event that the command of the call makes. The type is
// unspecified if the command makes no event.
func (c *Call) EventType() enumspb.EventType {
	switch c.Attributes.(type) {
	case *historypb.WorkflowExecutionCompletedEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED
	case *historypb.WorkflowExecutionCanceledEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED
	case *historypb.WorkflowExecutionContinuedAsNewEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
	case *historypb.WorkflowExecutionFailedEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
	}
	return eventTypes[c.Kind]
}

var eventTypes = map[Kind]enumspb.EventType{
	Activity:          enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	LocalActivity:     enumspb.EVENT_TYPE_MARKER_RECORDED,
	ChildWorkflow:     enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	NexusOperation:    enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	Timer:             enumspb.EVENT_TYPE_TIMER_STARTED,
	SignalExternal:    enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	CancelExternal:    enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	SideEffect:        enumspb.EVENT_TYPE_MARKER_RECORDED,
	MutableSideEffect: enumspb.EVENT_TYPE_MARKER_RECORDED,
	GetVersion:        enumspb.EVENT_TYPE_MARKER_RECORDED,
	SearchAttributes:  enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
	Memo:              enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
	Update:            enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
}

// KindOf returns the kind of call that the event of a command comes from, empty if there is none.
func KindOf(e *historypb.HistoryEvent) Kind {
	if marker := e.GetMarkerRecordedEventAttributes(); marker != nil {
		switch marker.GetMarkerName() {
		case "LocalActivity":
			return LocalActivity
		case "Version":
			return GetVersion
		}
		return Kind(marker.GetMarkerName())
	}
	for kind, eventType := range eventTypes {
		if eventType == e.GetEventType() {
			return kind
		}
	}
	return ""
}
