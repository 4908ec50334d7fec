package history

import (
	"fmt"

	historypb "go.temporal.io/api/history/v1"
)

// checkTask makes sure that an event which a command of workflow code made leads to the Workflow Task that made it: the
// service writes both at once, the WorkflowTaskCompleted event first, with no other one between
// (workflow_task_completed_handler.go in the server's service/history/api/respondworkflowtaskcompleted). Without
// that the events of several tasks cannot be told apart, and a replay accepts what is not there. completed is the ID of the
// last WorkflowTaskCompleted event before, 0 if there is none.
//
// An ID that is not positive says nothing: services have written 0 or -23 (common.EmptyEventID) where an event was not
// made by a command, as in a run that was continued as new by its cron schedule.
func checkTask(path string, ev *historypb.HistoryEvent, completed int64) error {
	task := taskOf(ev)
	if task <= 0 || task == completed {
		return nil
	}
	e := &FormatError{Path: path, Kind: KindNoTask, Event: ev.GetEventId()}
	if completed == 0 {
		e.Detail = fmt.Sprintf("%s belongs to the Workflow Task that event %d completed, and no WorkflowTaskCompleted comes before it", ev.GetEventType(), task)
	} else {
		e.Detail = fmt.Sprintf("%s belongs to the Workflow Task that event %d completed, and the last WorkflowTaskCompleted before it is event %d", ev.GetEventType(), task, completed)
	}
	return e
}

// taskOf returns the workflow_task_completed_event_id of an event that a command made, 0 for others. Events in which the
// service answers a command, as StartChildWorkflowExecutionFailed, have such a field too, and say nothing with it.
func taskOf(ev *historypb.HistoryEvent) int64 {
	switch a := ev.GetAttributes().(type) {
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
