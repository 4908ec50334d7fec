// Package events tells what single events of a history are: the Workflow Task of an event, the
// command that made the event, the name that a user gave, and whether the event closes the
// execution.
//
// The package knows only the API. Packages that use it read what needs a data converter, such as
// the contents of a marker.
package events

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// MadeUpRunID is the run ID of executions whose history does not tell it. The SDK would make up
// another one for each replay, and workflow code can ask for it.
const MadeUpRunID = "00000000-0000-4000-8000-000000000000"

// ByID returns the event with that ID, nil if the history has no such event. Event IDs count from 1
// without a gap. Package history has made sure of this.
func ByID(history []*historypb.HistoryEvent, id int64) *historypb.HistoryEvent {
	if id < 1 || id > int64(len(history)) {
		return nil
	}
	return history[id-1]
}

// Attributes returns the attributes of an event of any type. The attributes are invalid if the
// event has none.
func Attributes(e *historypb.HistoryEvent) protoreflect.Message {
	m := e.ProtoReflect()
	field := m.WhichOneof(m.Descriptor().Oneofs().ByName("attributes"))
	if field == nil {
		return (*historypb.WorkflowExecutionStartedEventAttributes)(nil).ProtoReflect()
	}
	return m.Get(field).Message()
}

// Closes reports whether the event closes the execution.
func Closes(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:
		return true
	}
	return ClosesAsCodeDoes(e)
}

// ClosesAsCodeDoes reports whether the event has a type with which code closes an execution. An
// execution that is terminated or has timed out was waiting until then.
func ClosesAsCodeDoes(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		return true
	}
	return false
}

// ClosedByCode reports whether a command of the code has closed the execution with the event. A
// ContinuedAsNew event is not always from the code: a timeout that begins another run leaves such
// an event too.
func ClosedByCode(e *historypb.HistoryEvent) bool {
	if continued := e.GetWorkflowExecutionContinuedAsNewEventAttributes(); continued != nil {
		switch continued.GetInitiator() {
		case enumspb.CONTINUE_AS_NEW_INITIATOR_WORKFLOW, enumspb.CONTINUE_AS_NEW_INITIATOR_UNSPECIFIED:
			return true
		}
		return continued.GetWorkflowTaskCompletedEventId() > 0
	}
	return ClosesAsCodeDoes(e)
}
