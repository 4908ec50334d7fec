package oracle

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// makes is the type of event that comes from a call.
var makes = map[program.Does]enumspb.EventType{
	program.CallsActivity:          enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	program.CallsLocalActivity:     enumspb.EVENT_TYPE_MARKER_RECORDED,
	program.CallsSideEffect:        enumspb.EVENT_TYPE_MARKER_RECORDED,
	program.CallsMutableSideEffect: enumspb.EVENT_TYPE_MARKER_RECORDED,
	program.CallsChild:             enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	program.StartsTimer:            enumspb.EVENT_TYPE_TIMER_STARTED,
	program.CancelsTimer:           enumspb.EVENT_TYPE_TIMER_CANCELED,
	program.CancelsActivity:        enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
	program.Upserts:                enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
	program.SetsMemo:               enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
	program.Signals:                enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	program.Accepts:                enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
	program.Answers:                enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
}

// markers are the names of the markers of calls.
var markers = map[program.Does]string{
	program.CallsLocalActivity: "LocalActivity", program.CallsSideEffect: "SideEffect", program.CallsMutableSideEffect: "MutableSideEffect",
}

// eventOf is the event of the call with that index in a Workflow Task of the old program, nil if the
// history has none. Events of a type come in the order of their calls.
func (c *Case) eventOf(task events.WorkflowTask, calls []program.Call, index int) *historypb.HistoryEvent {
	if index >= len(calls) {
		return nil
	}
	call := calls[index]
	before := 0
	for _, other := range calls[:index] {
		// Children are told apart: the history has none of those that the SDK refuses.
		if other.Does == call.Does && (call.Does != program.CallsChild || other.Name == call.Name && named(other) == named(call)) {
			before++
		}
	}
	for _, e := range c.Recording.History.GetEvents()[task.Completed:task.End] {
		if !comesFrom(e, call) {
			continue
		}
		if before == 0 {
			return e
		}
		before--
	}
	return nil
}

func comesFrom(e *historypb.HistoryEvent, call program.Call) bool {
	does := call.Does
	if child := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); child != nil {
		return does == program.CallsChild && child.GetWorkflowType().GetName() == call.Name &&
			strings.HasSuffix(child.GetWorkflowId(), "/"+call.Name) == named(call)
	}
	if does == program.Completes || does == program.Fails {
		return events.Closes(e)
	}
	if e.GetEventType() != makes[does] {
		return false
	}
	if e.GetUpsertWorkflowSearchAttributesEventAttributes().GetSearchAttributes().GetIndexedFields()["TemporalChangeVersion"] != nil {
		return false
	}
	return e.GetMarkerRecordedEventAttributes().GetMarkerName() == markers[does]
}
