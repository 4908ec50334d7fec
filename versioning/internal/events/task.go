package events

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// TaskOf returns the ID of the WorkflowTaskCompleted event with which the command of the event
// came, as the event says. It returns 0 for an event that no command has made, and for an event
// that does not name a Workflow Task. Events with which the service answers a command, such as
// StartChildWorkflowExecutionFailed, have such a field too. The field says nothing in these events.
func TaskOf(e *historypb.HistoryEvent) int64 {
	switch a := e.GetAttributes().(type) {
	case *historypb.HistoryEvent_ActivityTaskScheduledEventAttributes:
		return a.ActivityTaskScheduledEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_ActivityTaskCancelRequestedEventAttributes:
		return a.ActivityTaskCancelRequestedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_TimerStartedEventAttributes:
		return a.TimerStartedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_TimerCanceledEventAttributes:
		return a.TimerCanceledEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_MarkerRecordedEventAttributes:
		return a.MarkerRecordedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes:
		return a.StartChildWorkflowExecutionInitiatedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes:
		return a.SignalExternalWorkflowExecutionInitiatedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
		return a.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_NexusOperationScheduledEventAttributes:
		return a.NexusOperationScheduledEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_NexusOperationCancelRequestedEventAttributes:
		return a.NexusOperationCancelRequestedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_UpsertWorkflowSearchAttributesEventAttributes:
		return a.UpsertWorkflowSearchAttributesEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_WorkflowPropertiesModifiedEventAttributes:
		return a.WorkflowPropertiesModifiedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes:
		return a.WorkflowExecutionCompletedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes:
		return a.WorkflowExecutionFailedEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_WorkflowExecutionCanceledEventAttributes:
		return a.WorkflowExecutionCanceledEventAttributes.GetWorkflowTaskCompletedEventId()
	case *historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes:
		return a.WorkflowExecutionContinuedAsNewEventAttributes.GetWorkflowTaskCompletedEventId()
	}
	return 0
}

// Completion returns the event that completed a Workflow Task. started is the ID of the event with
// which the Workflow Task began. If the Workflow Task was never completed, Completion returns the
// event with the ID started.
func Completion(history []*historypb.HistoryEvent, started int64) *historypb.HistoryEvent {
	next := ByID(history, started+1)
	if next.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
		return next
	}
	return ByID(history, started)
}

// Origin returns the ID of the event from which this event follows: what was scheduled, initiated
// or accepted. It returns 0 if there is no such event.
func Origin(e *historypb.HistoryEvent) int64 {
	attributes := Attributes(e)
	for _, name := range []protoreflect.Name{"scheduled_event_id", "initiated_event_id", "accepted_event_id"} {
		if field := attributes.Descriptor().Fields().ByName(name); field != nil {
			return attributes.Get(field).Int()
		}
	}
	return 0
}
