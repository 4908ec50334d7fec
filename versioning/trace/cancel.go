package trace

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// A Cancellation says whether the code has asked for what an event cancels.
type Cancellation string

// The cancellations.
const (
	Canceled    Cancellation = "canceled"
	NotCanceled Cancellation = "not canceled"
	// CancelUnknown is the cancellation of a Child Workflow or of a Nexus operation,
	// of which the SDK tells nothing.
	CancelUnknown Cancellation = "unknown"
)

// cancels reports whether the event follows from a context that the code has
// cancelled, and returns the ID of its WorkflowTaskCompleted event.
func cancels(e *historypb.HistoryEvent) (task int64, ok bool) {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_TIMER_CANCELED:
		return e.GetTimerCanceledEventAttributes().GetWorkflowTaskCompletedEventId(), true
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED:
		return e.GetActivityTaskCancelRequestedEventAttributes().GetWorkflowTaskCompletedEventId(), true
	case enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:
		return e.GetNexusOperationCancelRequestedEventAttributes().GetWorkflowTaskCompletedEventId(), true
	case enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		a := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes()
		// That of a Child Workflow follows from a context and has no control
		// (isCancelExternalWorkflowEventForChildWorkflow in the SDK's
		// internal/internal_command_state_machine.go).
		return a.GetWorkflowTaskCompletedEventId(), a.GetControl() == "" //nolint:staticcheck // the SDK reads it too
	}
	return 0, false
}

// Cancellation says what is known about an event that follows from a cancelled
// context; ok is false for other events.
func (t *Trace) Cancellation(e *historypb.HistoryEvent) (c Cancellation, ok bool) {
	if _, ok = cancels(e); !ok {
		return "", false
	}
	var key string
	if a := e.GetTimerCanceledEventAttributes(); a != nil {
		key = "RequestCancelTimer " + a.GetTimerId()
	} else if a := e.GetActivityTaskCancelRequestedEventAttributes(); a != nil {
		scheduled := t.Events[a.GetScheduledEventId()-1].GetActivityTaskScheduledEventAttributes()
		key = "RequestCancelActivity " + scheduled.GetActivityId()
	}
	switch {
	case key == "":
		return CancelUnknown, true
	case t.canceled[key] || t.accepted:
		return Canceled, true
	default:
		return NotCanceled, true
	}
}
