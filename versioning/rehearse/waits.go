package rehearse

import (
	"slices"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// waitsFor is what the execution waits for after the reply.
func waitsFor(r *reply) (w WaitsFor) {
	p := accept.PendingAt(slices.Concat(r.events, r.outcome.Events))
	w.Signals, w.Updates = slices.Clone(r.notes.Signals), slices.Clone(r.notes.Updates)
	for id := range p.Timers {
		w.Timers = append(w.Timers, id)
	}
	for _, works := range []map[int64]*accept.Work{p.Activities, p.Children, p.Signals, p.Cancels, p.Operations} {
		for _, work := range works {
			w.Results = append(w.Results, events.Name(work.Event))
		}
	}
	for _, list := range [][]string{w.Signals, w.Updates, w.Timers, w.Results} {
		slices.Sort(list)
	}
	return w
}

// versionsIn are the versions that the code has asked for first in the task.
func versionsIn(r *reply, d payload.Decoder) (versions []Version) {
	for _, e := range r.outcome.Events {
		marker := e.GetMarkerRecordedEventAttributes()
		if marker.GetMarkerName() != "Version" {
			continue
		}
		var v Version
		if d.Decode(marker.GetDetails()["change-id"], &v.ChangeID) && d.Decode(marker.GetDetails()["version"], &v.Version) {
			versions = append(versions, v)
		}
	}
	return versions
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// afterwards is the history up to a task that follows the last completed one: with what the
// recording has after that, and made up to the end. news is whether it has anything.
func (x *rehearsal) afterwards() (list []*historypb.HistoryEvent, news bool) {
	recorded := x.recording.History.GetEvents()
	end := 0
	if n := len(x.tasks); n > 0 {
		end = x.tasks[n-1].End
	}
	for _, e := range recorded[end:] {
		news = news || !isTask(e) && e.GetEventId() > 1
	}
	list = slices.Clip(recorded)
	last := list[len(list)-1]
	if last.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
		return list, news
	}
	if last.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED {
		list = append(list, scheduled(list))
	}
	return append(list, startedAfter(list)), news
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
func startedAfter(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	size := int64(0)
	for _, e := range slices.Backward(list) {
		if a := e.GetWorkflowTaskStartedEventAttributes(); a != nil {
			size = a.GetHistorySizeBytes()
			break
		}
	}
	return &historypb.HistoryEvent{
		EventId: int64(len(list)) + 1, EventTime: list[len(list)-1].GetEventTime(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
			WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{
				ScheduledEventId: int64(len(list)), HistorySizeBytes: size,
			}},
	}
}
