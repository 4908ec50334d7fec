package events

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// FromCommand reports whether a command of a Worker has made the event. The SDK's isCommandEvent
// does the same (internal/internal_task_handlers.go).
func FromCommand(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED,
		enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED, enumspb.EVENT_TYPE_TIMER_CANCELED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:
		return true
	}
	if ClosesAsCodeDoes(e) {
		return ClosedByCode(e)
	}
	return FromCall(e)
}

// FromCall reports whether such an event comes from a call of workflow code, or from the return of
// the workflow function or of a handler. An event that follows only from a cancelled context comes
// from no call, see FromCancel.
func FromCall(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, enumspb.EVENT_TYPE_TIMER_STARTED,
		enumspb.EVENT_TYPE_MARKER_RECORDED,
		enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
		enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
		return true
	}
	return ClosesAsCodeDoes(e)
}

// FromCancel reports whether the event follows from a context that the code has cancelled.
func FromCancel(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_TIMER_CANCELED, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:
		return true
	case enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		// That of a Child Workflow follows from a context and has no control
		// (isCancelExternalWorkflowEventForChildWorkflow in the SDK's
		// internal/internal_command_state_machine.go).
		a := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes()
		return a.GetControl() == "" //nolint:staticcheck // the SDK reads it too
	}
	return false
}

// CommandID returns the ID that identifies the command of the event within its history: the
// activity ID, the timer ID, the Workflow ID of a Child Workflow. id is "" if nothing identifies
// the command. field is the name of the field that has the ID.
func CommandID(e *historypb.HistoryEvent) (id, field string) {
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		return a.GetActivityId(), "activityId"
	}
	if a := e.GetTimerStartedEventAttributes(); a != nil {
		return a.GetTimerId(), "timerId"
	}
	if a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return a.GetWorkflowId(), "workflowId"
	}
	return "", ""
}
