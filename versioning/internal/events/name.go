package events

import (
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
)

// Name returns what a user calls the command of the event: the Activity Type, the Workflow Type of
// a Child Workflow, the name of the signal, the Nexus Operation. Name returns "" for events without
// such a name, such as the events of timers.
func Name(e *historypb.HistoryEvent) string {
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		return a.GetActivityType().GetName()
	}
	if a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return a.GetWorkflowType().GetName()
	}
	if a := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return a.GetSignalName()
	}
	return e.GetNexusOperationScheduledEventAttributes().GetOperation()
}

// Target returns the Workflow ID to which a signal or a request to cancel goes, "" for other
// events.
func Target(e *historypb.HistoryEvent) string {
	if a := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return a.GetWorkflowExecution().GetWorkflowId()
	}
	return e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes().GetWorkflowExecution().GetWorkflowId()
}

// Incoming returns the name of the signal or of the update that the event brings to the
// workflow, "" for other events.
func Incoming(e *historypb.HistoryEvent) string {
	if a := e.GetWorkflowExecutionSignaledEventAttributes(); a != nil {
		return a.GetSignalName()
	}
	return Update(e).GetInput().GetName()
}

// Update returns the request of the Update that the event accepts or admits, nil for other events.
func Update(e *historypb.HistoryEvent) *updatepb.Request {
	if a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); a != nil {
		return a.GetAcceptedRequest()
	}
	return e.GetWorkflowExecutionUpdateAdmittedEventAttributes().GetRequest()
}

// Describe returns the type of the event and the name of what the event is about: "TimerStarted
// (5)". For a marker, that name is the marker's name. Only the contents of a marker tell what it
// marks.
func Describe(e *historypb.HistoryEvent) string {
	name := Name(e)
	if timer := e.GetTimerStartedEventAttributes(); timer != nil {
		name = timer.GetTimerId()
	}
	if marker := e.GetMarkerRecordedEventAttributes(); marker != nil {
		name = marker.GetMarkerName()
	}
	return About(e, name)
}

// About returns the type of the event, with the name in brackets. It returns only the type if the
// name is empty.
func About(e *historypb.HistoryEvent, name string) string {
	if name == "" {
		return e.GetEventType().String()
	}
	return e.GetEventType().String() + " (" + name + ")"
}
