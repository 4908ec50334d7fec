package compare

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Key is the part of a command that the SDK compares, apart from the ID: the kind, and the name.
// For activities and Child Workflows, only the name after the last dot counts. A call and an event
// that the call could have made have the same Key.
func (c *Call) Key() string {
	switch c.Kind {
	case trace.Activity, trace.ChildWorkflow:
		return string(c.Kind) + " " + afterLastDot(c.Name)
	case trace.Timer, trace.SideEffect, trace.SearchAttributes, trace.Memo:
		return string(c.Kind)
	case trace.SignalExternal:
		return string(c.Kind) + " " + c.Name + " " + c.Target()
	case trace.NexusOperation:
		return string(c.Kind) + " " + c.service() + " " + c.Name
	case trace.Update:
		return string(c.Kind) + " " + c.ID
	case trace.Ending:
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

// service is the Nexus Service of an operation, "" for other calls.
func (c *Call) service() string {
	a, _ := c.Attributes.(*historypb.NexusOperationScheduledEventAttributes)
	return a.GetService()
}

// Key is like Call.Key, for an event of the trace's history.
func (s *SideBySide) Key(e *historypb.HistoryEvent) string {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
		return string(trace.Activity) + " " + afterLastDot(events.Name(e))
	case enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
		return string(trace.ChildWorkflow) + " " + afterLastDot(events.Name(e))
	case enumspb.EVENT_TYPE_TIMER_STARTED:
		return string(trace.Timer)
	case enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		return string(trace.SignalExternal) + " " + events.Name(e) + " " + events.Target(e)
	case enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		return string(trace.CancelExternal) + " " + events.Target(e)
	case enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED:
		a := e.GetNexusOperationScheduledEventAttributes()
		return string(trace.NexusOperation) + " " + a.GetService() + " " + a.GetOperation()
	case enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
		return string(trace.SearchAttributes)
	case enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED:
		return string(trace.Memo)
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
		return string(trace.Update) + " " +
			e.GetWorkflowExecutionUpdateCompletedEventAttributes().GetMeta().GetUpdateId()
	case enumspb.EVENT_TYPE_MARKER_RECORDED:
		marker := e.GetMarkerRecordedEventAttributes()
		if data, ok := localActivity(marker, s.converter); ok && marker.GetMarkerName() == "LocalActivity" {
			return string(trace.LocalActivity) + " " + data.ActivityType // compared whole
		}
		kind, id, _ := strings.Cut(markerKey(marker, s.converter), " ")
		if kind == string(trace.SideEffect) {
			return kind
		}
		if kind == string(trace.MutableSideEffect) {
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
