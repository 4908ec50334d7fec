package compare

import (
	"slices"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// A Task is a Workflow Task of the history with what the code did in it.
type Task struct {
	// Started and Completed are the IDs of its WorkflowTaskStarted and
	// WorkflowTaskCompleted event; Completed is 0 if the history ends before.
	Started, Completed int64
	// Events are those that its commands made, in order; what Trace.Cancellation
	// knows follows from a cancelled context, and no call makes it.
	Events []*historypb.HistoryEvent
	// Calls are those that the code made in it, in order.
	Calls []*Call
}

// Tasks returns the Workflow Tasks that completed, in order, and a last one in
// which code was replayed that has not.
func (t *Trace) Tasks() (tasks []Task) {
	place := map[int64]int{} // by the ID of the WorkflowTaskStarted event
	byCompleted := map[int64]int{}
	for _, e := range t.Events {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			started := e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId()
			place[started], byCompleted[e.GetEventId()] = len(tasks), len(tasks)
			tasks = append(tasks, Task{Started: started, Completed: e.GetEventId()})
		}
	}
	for _, e := range t.index.made {
		if i, ok := byCompleted[t.index.tasks[e]]; ok {
			tasks[i].Events = append(tasks[i].Events, e)
		}
	}
	for task, events := range t.index.canceled {
		if i, ok := byCompleted[task]; ok {
			tasks[i].Events = append(tasks[i].Events, events...)
			slices.SortFunc(tasks[i].Events, func(a, b *historypb.HistoryEvent) int { return int(a.GetEventId() - b.GetEventId()) })
		}
	}
	for _, c := range t.Calls {
		i, ok := place[c.Task]
		if !ok {
			i = len(tasks)
			place[c.Task] = i
			tasks = append(tasks, Task{Started: c.Task})
		}
		tasks[i].Calls = append(tasks[i].Calls, c)
	}
	return tasks
}

// Key is what the SDK compares of a command, apart from its ID: its kind, and the
// name after the last dot. A call and an event that it could have made have the
// same one.
func (c *Call) Key() string {
	switch c.Kind {
	case Activity, ChildWorkflow:
		return string(c.Kind) + " " + afterLastDot(c.Name)
	case Timer, SideEffect, SearchAttributes, Memo:
		return string(c.Kind)
	case SignalExternal:
		return string(c.Kind) + " " + c.Name + " " + c.Target()
	case Update:
		return string(c.Kind) + " " + c.ID
	case Ending:
		return c.EventType().String()
	default:
		return string(c.Kind) + " " + c.Name
	}
}

// Target is the workflow ID that a signal goes to, "" for other calls.
func (c *Call) Target() string {
	a, _ := c.Attributes.(*historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes)
	return a.GetWorkflowExecution().GetWorkflowId()
}

// Key is Call.Key for an event of the trace's history.
func (t *Trace) Key(e *historypb.HistoryEvent) string {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
		return string(Activity) + " " + afterLastDot(events.Name(e))
	case enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
		return string(ChildWorkflow) + " " + afterLastDot(events.Name(e))
	case enumspb.EVENT_TYPE_TIMER_STARTED:
		return string(Timer)
	case enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		return string(SignalExternal) + " " + events.Name(e) + " " + events.Target(e)
	case enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		return string(CancelExternal) + " " + events.Target(e)
	case enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED:
		return string(NexusOperation) + " " + events.Name(e)
	case enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
		return string(SearchAttributes)
	case enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED:
		return string(Memo)
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
		return string(Update) + " " + e.GetWorkflowExecutionUpdateCompletedEventAttributes().GetMeta().GetUpdateId()
	case enumspb.EVENT_TYPE_MARKER_RECORDED:
		marker := e.GetMarkerRecordedEventAttributes()
		if data, ok := localActivity(marker, t.converter); ok && marker.GetMarkerName() == "LocalActivity" {
			return string(LocalActivity) + " " + data.ActivityType // compared whole
		}
		kind, id, _ := strings.Cut(markerKey(marker, t.converter), " ")
		if kind == string(SideEffect) {
			return kind
		}
		if kind == string(MutableSideEffect) {
			return kind + " " + id[:strings.LastIndexByte(id, ' ')] // after it comes the number of the call
		}
		return kind + " " + id
	}
	return e.GetEventType().String()
}

func afterLastDot(name string) string {
	if i := strings.LastIndexByte(name, '.'); i < len(name)-1 {
		return name[i+1:]
	}
	return name
}

// Sends reports whether the call sends a command, as far as that is known.
func (c *Call) Sends() bool {
	switch c.Kind {
	case GetVersion:
		return c.Event != nil // only the first one
	case MutableSideEffect:
		return c.Event != nil || c.err == errPanicked //nolint:errorlint // only one with another value
	}
	return c.made && c.Alignment != NoEvent
}

// Err is the error that the call gave at once, or with which the workflow
// function or the handler has ended; nil if there was none.
func (c *Call) Err() error { return c.err }

// OutOfRange reports whether the call is a GetVersion whose range leaves the
// recorded version out.
func (c *Call) OutOfRange() bool { return c.Kind == GetVersion && c.err == errOutOfRange } //nolint:errorlint // it is never wrapped

// HasLater reports whether the history has an event of the key after the given one.
func (t *Trace) HasLater(e *historypb.HistoryEvent, key string) bool {
	return slices.ContainsFunc(t.index.made, func(other *historypb.HistoryEvent) bool {
		return other.GetEventId() > e.GetEventId() && t.Key(other) == key
	})
}
