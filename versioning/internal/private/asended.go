package private

import (
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// EndedAsCode returns the recording with a last event that says how the code ended the execution.
func EndedAsCode(r *history.Recording) *history.Recording {
	events := r.History.GetEvents()
	ended := asEnded(events)
	if len(ended) == 0 || ended[len(ended)-1] == events[len(events)-1] {
		return r
	}
	changed := *r
	changed.History = &historypb.History{Events: ended}
	return &changed
}

// asEnded returns the events with the last one as the code has ended the execution.
// Older services write ContinuedAsNew where a cron schedule or a retry policy begins the
// next run, although the code has completed or failed. Those of today write how it
// ended, and the run that follows beside it (newExecutionRunId): unchanged/base.retried
// and base.cron-completed were recorded so.
func asEnded(events []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	if len(events) == 0 {
		return events
	}
	last := events[len(events)-1]
	continued := last.GetWorkflowExecutionContinuedAsNewEventAttributes()
	switch continued.GetInitiator() {
	case enumspb.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE, enumspb.CONTINUE_AS_NEW_INITIATOR_RETRY:
	default:
		return events
	}
	if continued.GetWorkflowTaskCompletedEventId() <= 0 {
		return events // a timeout has begun the next run, and no code has ended this one
	}
	ended := &historypb.HistoryEvent{EventId: last.GetEventId(), EventTime: last.GetEventTime(),
		Version: last.GetVersion(), TaskId: last.GetTaskId()}
	if failure := continued.GetFailure(); failure != nil {
		ended.EventType = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
		ended.Attributes = &historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes{
			WorkflowExecutionFailedEventAttributes: &historypb.WorkflowExecutionFailedEventAttributes{
				Failure: failure, WorkflowTaskCompletedEventId: continued.GetWorkflowTaskCompletedEventId(),
				NewExecutionRunId: continued.GetNewExecutionRunId(),
			}}
	} else {
		ended.EventType = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED
		ended.Attributes = &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
			WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{
				Result:                       continued.GetLastCompletionResult(),
				WorkflowTaskCompletedEventId: continued.GetWorkflowTaskCompletedEventId(),
				NewExecutionRunId:            continued.GetNewExecutionRunId(),
			}}
	}
	return append(slices.Clone(events[:len(events)-1]), ended)
}
