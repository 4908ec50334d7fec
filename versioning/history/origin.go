package history

import (
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// origins are, for each type of event that follows from an earlier one of its own history, the types that one can have.
// The SDK looks for its state by the ID of that event, and panics or leaves the event out where it finds none.
var origins = map[enumspb.EventType]enumspb.EventType{
	enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED:          enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:        enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED:           enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	enumspb.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT:        enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED: enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED:         enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,

	enumspb.EVENT_TYPE_TIMER_FIRED:    enumspb.EVENT_TYPE_TIMER_STARTED,
	enumspb.EVENT_TYPE_TIMER_CANCELED: enumspb.EVENT_TYPE_TIMER_STARTED,

	enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED: enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED:      enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED:    enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED:       enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED:     enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT:    enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED:   enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,

	enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED: enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED:      enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED:         enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	enumspb.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED:              enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,

	enumspb.EVENT_TYPE_NEXUS_OPERATION_STARTED:                  enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_COMPLETED:                enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_FAILED:                   enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCELED:                 enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT:                enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:         enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUEST_COMPLETED: enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUEST_FAILED:    enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,

	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
}

// checkOrigin makes sure that an event which follows from another one leads to it. types are those of the events before.
// An ID that is not positive says nothing.
func checkOrigin(path string, ev *historypb.HistoryEvent, types []enumspb.EventType) error {
	of, follows := origins[ev.GetEventType()]
	if !follows {
		return nil
	}
	origin := events.Origin(ev)
	switch a := ev.GetAttributes().(type) {
	case *historypb.HistoryEvent_TimerFiredEventAttributes:
		origin = a.TimerFiredEventAttributes.GetStartedEventId()
	case *historypb.HistoryEvent_TimerCanceledEventAttributes:
		origin = a.TimerCanceledEventAttributes.GetStartedEventId()
	}
	if origin <= 0 || origin <= int64(len(types)) && types[origin-1] == of {
		return nil
	}
	e := &FormatError{Path: path, Kind: KindNoOrigin, Event: ev.GetEventId()}
	e.Detail = fmt.Sprintf("%s follows from the %s of event %d, ", ev.GetEventType(), of, origin)
	switch {
	case origin == ev.GetEventId():
		e.Detail += "which is itself"
	case origin > int64(len(types)):
		e.Detail += "which does not come before it"
	default:
		e.Detail += fmt.Sprintf("which is %s", types[origin-1])
	}
	return e
}
