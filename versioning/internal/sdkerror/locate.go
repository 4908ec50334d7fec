package sdkerror

import (
	"slices"
	"strconv"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Locate finds the event that the SDK's text is about. It returns nil if the text does not say.
// Locate does not look for a change ID: history and code say more about GetVersion than the text
// does.
func (r Reading) Locate(history []*historypb.HistoryEvent) *historypb.HistoryEvent {
	switch r.Kind {
	case UnknownType:
		return history[0]
	case UnknownFlag:
		return eventWithFlag(history, r.Number("name"))
	case DifferentEnding:
		return history[len(history)-1]
	case InvalidTransition:
		// The command that it names was made; a later event does not fit it.
		return nil
	case ExtraCommand:
		return placeOf(Printed(r.Clues["command"]), history)
	}
	if id := r.Number("id"); id > 0 {
		return events.ByID(history, id)
	}
	if p := Printed(r.Clues["event"]); p.TypeName() != "" {
		return eventByText(p, history)
	}
	if name := r.Clues["name"]; name != "" {
		return eventByCommand(r.Clues["kind"], name, history)
	}
	return nil
}

// placeOf returns the event at the place where the history would hold the
// command's event. The SDK predicts it: default IDs of activities and timers
// are event IDs. An ID that a user chose can be a number too; no command's event
// stands in the place of a workflow task's.
func placeOf(command Printed, history []*historypb.HistoryEvent) *historypb.HistoryEvent {
	for _, field := range []string{"ActivityId", "TimerId"} {
		if id, err := strconv.ParseInt(command.Field(field), 10, 64); err == nil {
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

// eventByText finds the event that the SDK Printed, by what identifies it.
func eventByText(p Printed, events []*historypb.HistoryEvent) *historypb.HistoryEvent {
	for _, e := range events {
		if e.GetEventType().String() == p.TypeName() && matches(p, e) {
			return e
		}
	}
	return nil
}

func matches(p Printed, e *historypb.HistoryEvent) bool {
	if id := p.Field("EventId"); id != "" {
		return id == strconv.FormatInt(e.GetEventId(), 10)
	}
	scheduled, timer, marker := e.GetActivityTaskScheduledEventAttributes(), e.GetTimerStartedEventAttributes(),
		e.GetMarkerRecordedEventAttributes()
	switch {
	case scheduled != nil:
		return p.Field("ActivityId") == scheduled.GetActivityId()
	case timer != nil:
		return p.Field("TimerId") == timer.GetTimerId()
	case marker != nil:
		return p.Field("MarkerName") == marker.GetMarkerName() &&
			p.Field("WorkflowTaskCompletedEventId") == strconv.FormatInt(marker.GetWorkflowTaskCompletedEventId(), 10)
	}
	// The events that follow an activity are known by the one that scheduled it.
	id, _ := strconv.ParseInt(p.Field("ScheduledEventId"), 10, 64)
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
