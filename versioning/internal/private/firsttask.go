package private

import (
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// WithFirstTask returns a copy of a history in which no Workflow Task has completed. At its end the
// copy has a completed Workflow Task that is made up. The code needs only the signals and a request
// to cancel from the events before. Attempts of other Workers are left out, and so is the event
// that closed the execution without its code.
func WithFirstTask(h *historypb.History) *historypb.History {
	events := h.GetEvents()
	made := &historypb.History{Events: []*historypb.HistoryEvent{proto.CloneOf(events[0])}}
	for _, e := range events[1:] {
		if e.GetWorkflowExecutionSignaledEventAttributes() != nil ||
			e.GetWorkflowExecutionCancelRequestedEventAttributes() != nil {
			e = proto.CloneOf(e)
			e.EventId = int64(len(made.Events)) + 1
			made.Events = append(made.Events, e)
		}
	}
	last := events[len(events)-1]
	id := int64(len(made.Events))
	at := timestamppb.New(firstTaskTime(made.Events[0], last))
	made.Events = append(made.Events, &historypb.HistoryEvent{
		EventId: id + 1, EventTime: at, EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{
			TaskQueue: made.Events[0].GetWorkflowExecutionStartedEventAttributes().GetTaskQueue(), Attempt: 1,
		}},
	}, &historypb.HistoryEvent{
		EventId: id + 2, EventTime: at, EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{
			ScheduledEventId: id + 1,
		}},
	}, &historypb.HistoryEvent{
		EventId: id + 3, EventTime: at, EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{
			ScheduledEventId: id + 1, StartedEventId: id + 2,
		}},
	})
	return made
}

// firstTaskTime is what the workflow's clock says in the made-up task: that of the last
// event, or when a start that is delayed, as by a cron schedule, is due.
func firstTaskTime(started, last *historypb.HistoryEvent) time.Time {
	due := started.GetEventTime().AsTime().Add(started.GetWorkflowExecutionStartedEventAttributes().GetFirstWorkflowTaskBackoff().AsDuration())
	if at := last.GetEventTime().AsTime(); at.After(due) {
		return at
	}
	return due
}
