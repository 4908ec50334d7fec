package rehearse

import (
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// afterwards is the history up to a task that follows the last completed one, with what the
// recording has after that.
func (x *rehearsal) afterwards() (list []*historypb.HistoryEvent, news News) {
	recorded := x.recording.History.GetEvents()
	end := 0
	switch n := len(x.tasks); {
	case n > 0:
		end, news = x.tasks[n-1].End, News{Kind: NoNews}
	default:
		news = News{Kind: FirstTask}
	}
	for _, e := range recorded[end:] {
		if news.Kind == NoNews && !isTask(e) && e.GetEventType() != enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED {
			news = News{Kind: NewsRecorded}
		}
	}
	return inTask(recorded), news
}

// inTask are the events up to a WorkflowTaskStarted, which is made up unless it is there.
func inTask(list []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	list = slices.Clip(list)
	last := list[len(list)-1]
	if last.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
		return list
	}
	if last.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED {
		list = append(list, scheduled(list))
	}
	return append(list, startedAfter(list))
}

// scheduled is a WorkflowTaskScheduled after the events, at the time of the last one.
func scheduled(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	queue := list[0].GetWorkflowExecutionStartedEventAttributes().GetTaskQueue()
	return &historypb.HistoryEvent{
		EventId: int64(len(list)) + 1, EventTime: list[len(list)-1].GetEventTime(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
			WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{
				TaskQueue: queue, Attempt: 1,
			}},
	}
}

// startedAfter is a WorkflowTaskStarted after the events, the last of which has scheduled the task.
// What it tells of the history's size is what the last one before it has told.
func startedAfter(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	started := &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: int64(len(list))}
	for _, e := range slices.Backward(list) {
		if a := e.GetWorkflowTaskStartedEventAttributes(); a != nil {
			started.HistorySizeBytes, started.SuggestContinueAsNew =
				a.GetHistorySizeBytes(), a.GetSuggestContinueAsNew()
			break
		}
	}
	return &historypb.HistoryEvent{
		EventId: int64(len(list)) + 1, EventTime: list[len(list)-1].GetEventTime(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
			WorkflowTaskStartedEventAttributes: started,
		},
	}
}
