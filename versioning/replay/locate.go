package replay

import (
	"slices"
	"strconv"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// locate finds the event that the SDK's text is about, nil if it does not tell.
func locate(r *rejection, v versions) *historypb.HistoryEvent {
	history := v.events
	switch r.kind {
	case unknownType:
		return history[0]
	case unknownFlag:
		return eventWithFlag(history, r.number("name"))
	case belowMinimum, aboveMaximum:
		if marker := v.of(r.clues["change"]); marker != nil {
			return marker
		}
		return events.Completion(history, v.asked[r.clues["change"]].taskStarted)
	case differentEnding:
		return history[len(history)-1]
	case invalidTransition:
		// The command that it names was made; a later event does not fit it.
		return nil
	case extraCommand:
		return placeOf(printed(r.clues["command"]), history)
	}
	if id := r.number("id"); id > 0 {
		return events.ByID(history, id)
	}
	if p := printed(r.clues["event"]); p.typeName() != "" {
		return eventByText(p, history)
	}
	if name := r.clues["name"]; name != "" {
		return eventByCommand(r.clues["kind"], name, history)
	}
	return nil
}

// placeOf returns the event at the place where the history would hold the
// command's event. The SDK predicts it: default IDs of activities and timers
// are event IDs. An ID that a user chose can be a number too; no command's event
// stands in the place of a workflow task's.
func placeOf(command printed, history []*historypb.HistoryEvent) *historypb.HistoryEvent {
	for _, field := range []string{"ActivityId", "TimerId"} {
		if id, err := strconv.ParseInt(command.field(field), 10, 64); err == nil {
			place := events.ByID(history, min(id, int64(len(history))))
			switch place.GetEventType() {
			case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
				enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED, enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
				return nil
			}
			return place
		}
	}
	return nil
}

// eventByText finds the event that the SDK printed, by what identifies it.
func eventByText(p printed, events []*historypb.HistoryEvent) *historypb.HistoryEvent {
	for _, e := range events {
		if e.GetEventType().String() == p.typeName() && matches(p, e) {
			return e
		}
	}
	return nil
}

func matches(p printed, e *historypb.HistoryEvent) bool {
	if id := p.field("EventId"); id != "" {
		return id == strconv.FormatInt(e.GetEventId(), 10)
	}
	scheduled, timer, marker := e.GetActivityTaskScheduledEventAttributes(), e.GetTimerStartedEventAttributes(), e.GetMarkerRecordedEventAttributes()
	switch {
	case scheduled != nil:
		return p.field("ActivityId") == scheduled.GetActivityId()
	case timer != nil:
		return p.field("TimerId") == timer.GetTimerId()
	case marker != nil:
		return p.field("MarkerName") == marker.GetMarkerName() &&
			p.field("WorkflowTaskCompletedEventId") == strconv.FormatInt(marker.GetWorkflowTaskCompletedEventId(), 10)
	}
	// The events that follow an activity are known by the one that scheduled it.
	id, _ := strconv.ParseInt(p.field("ScheduledEventId"), 10, 64)
	return id != 0 && id == scheduledEventID(e)
}

func scheduledEventID(e *historypb.HistoryEvent) int64 {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
		return e.GetActivityTaskCompletedEventAttributes().GetScheduledEventId()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED:
		return e.GetActivityTaskFailedEventAttributes().GetScheduledEventId()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT:
		return e.GetActivityTaskTimedOutEventAttributes().GetScheduledEventId()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
		return e.GetActivityTaskCanceledEventAttributes().GetScheduledEventId()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED:
		return e.GetActivityTaskCancelRequestedEventAttributes().GetScheduledEventId()
	}
	return 0
}

// eventByCommand finds the event that a command of that kind and ID makes.
func eventByCommand(kind, id string, events []*historypb.HistoryEvent) *historypb.HistoryEvent {
	for _, e := range events {
		var made string
		switch kind {
		case "Activity":
			made = e.GetActivityTaskScheduledEventAttributes().GetActivityId()
		case "Timer":
			made = e.GetTimerStartedEventAttributes().GetTimerId()
		case "CancelTimer":
			made = e.GetTimerCanceledEventAttributes().GetTimerId()
		case "ChildWorkflow":
			made = e.GetStartChildWorkflowExecutionInitiatedEventAttributes().GetWorkflowId()
		case "Signal", "Cancellation":
			made = strconv.FormatInt(e.GetEventId(), 10)
		}
		if made == id && made != "" {
			return e
		}
	}
	return nil
}

// eventWithFlag returns the WorkflowTaskCompleted event in which a worker says
// that it used the SDK flag.
func eventWithFlag(events []*historypb.HistoryEvent, flag int64) *historypb.HistoryEvent {
	for _, e := range events {
		flags := e.GetWorkflowTaskCompletedEventAttributes().GetSdkMetadata().GetLangUsedFlags()
		if slices.Contains(flags, uint32(flag)) {
			return e
		}
	}
	return events[0]
}
