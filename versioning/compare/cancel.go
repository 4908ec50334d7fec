package compare

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Cancellation says whether the code has asked for the cancellation that an event records.
type Cancellation string

// The cancellations.
const (
	Canceled    Cancellation = "canceled"
	NotCanceled Cancellation = "not canceled"
	// CancelUnknown is for the cancellation of a Nexus Operation. The SDK tells nothing about such a
	// cancellation.
	CancelUnknown Cancellation = "unknown"
)

// addedCancels are the cancellations that the history does not have, by the ID of the
// WorkflowTaskStarted event of the Workflow Task in which the code asks for them: of a timer, an
// activity or a Child Workflow that the history has started by then.
func (s *SideBySide) addedCancels() map[int64][]trace.Cancel {
	if s.accepted {
		return nil
	}
	recorded := map[string]bool{}
	for _, list := range s.index.canceled {
		for _, e := range list {
			recorded[s.cancelCommand(e)] = true
		}
	}
	var added map[int64][]trace.Cancel
	for _, c := range s.cancels {
		started := s.canceledEvent(c.Command)
		if recorded[c.Command] || started == nil || s.index.tasks[started] > s.index.completed[c.Task] {
			continue
		}
		recorded[c.Command] = true // once
		if added == nil {
			added = map[int64][]trace.Cancel{}
		}
		added[c.Task] = append(added[c.Task], c)
	}
	return added
}

// canceledEvent is the event of what the SDK's name for a cancellation is about.
func (s *SideBySide) canceledEvent(command string) *historypb.HistoryEvent {
	kind, id, _ := strings.Cut(command, " ")
	eventType := enumspb.EVENT_TYPE_TIMER_STARTED
	switch kind {
	case "RequestCancelActivity":
		eventType = enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
	case trace.CancelsChild:
		eventType = enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED
	}
	if list := s.index.byCommand[typeAndID{eventType, id}]; len(list) > 0 {
		return list[0]
	}
	return nil
}

// cancelRow is the row of a cancellation that the history does not have.
func (s *SideBySide) cancelRow(c trace.Cancel) Entry {
	e := s.canceledEvent(c.Command)
	call := &Call{Call: c.Call("timer " + e.GetTimerStartedEventAttributes().GetTimerId())}
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		call.Name = "activity " + a.GetActivityType().GetName()
	} else if a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); a != nil {
		call.Name = "child " + a.GetWorkflowType().GetName()
	}
	return Entry{Call: call, CallText: call.Text(), Mark: MarkExtra}
}

// Cancellation returns what is known about an event that follows from a cancelled context. ok is
// false for other events.
func (s *SideBySide) Cancellation(e *historypb.HistoryEvent) (c Cancellation, ok bool) {
	if !events.FromCancel(e) {
		return "", false
	}
	key := s.cancelCommand(e)
	switch {
	case key == "":
		return CancelUnknown, true
	case s.canceled[key] || s.accepted:
		return Canceled, true
	default:
		return NotCanceled, true
	}
}

// cancelCommand is the SDK's name for the command of the event, "" if the SDK tells nothing about it.
func (s *SideBySide) cancelCommand(e *historypb.HistoryEvent) string {
	if a := e.GetTimerCanceledEventAttributes(); a != nil {
		return "RequestCancelTimer " + a.GetTimerId()
	}
	if a := e.GetActivityTaskCancelRequestedEventAttributes(); a != nil {
		scheduled := events.ByID(s.Events, a.GetScheduledEventId()).GetActivityTaskScheduledEventAttributes()
		return "RequestCancelActivity " + scheduled.GetActivityId()
	}
	if a := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes(); a != nil && events.FromCancel(e) {
		return trace.CancelsChild + " " + a.GetWorkflowExecution().GetWorkflowId()
	}
	return ""
}
