package replay

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// failedDecode begins the failure of an execution whose input does not decode
// (workflowExecutor.Execute in the SDK's internal/internal_worker.go).
const failedDecode = "unable to decode the workflow function input payload"

// inputUnreadable returns the input that keeps the workflow function from being called.
// No reference is needed: a function that is never reached is proof.
func inputUnreadable(in *trace.Intake, run observer.FunctionRun) (trace.Unreadable, bool) {
	if run.Reached || len(in.Unreadable) == 0 {
		return trace.Unreadable{}, false
	}
	u := in.Unreadable[0]
	return u, u.Event.GetEventId() == 1 && u.Field == "input"
}

// unreadableIn returns the value that the code could not read in the Workflow Task.
func unreadableIn(in *trace.Intake, started int64) (trace.Unreadable, bool) {
	for _, u := range in.Unreadable {
		if u.Task == started {
			return u, true
		}
	}
	return trace.Unreadable{}, false
}

// undecodable is the result of a code that cannot read the value and ends or parts for
// that.
func undecodable(u trace.Unreadable, v versions) *unseen {
	result := &unseen{event: u.Event, asks: "read as " + u.Type, started: u.Task}
	result.Verdict, result.Place = Undecodable,
		Place{Event: u.Event.GetEventId(), EventType: u.Event.GetEventType().String()}
	result.Place.at(u.Line)
	result.Cause = cause.Cause{Kind: cause.ValueUnreadable, Notice: noticeOfUnread(u.Event.GetEventType().String()),
		Value: unreadValue(u, v.events)}
	return result
}

// undecodableEnd is the result of a code that ends where it cannot read the value.
func undecodableEnd(u trace.Unreadable, run observer.FunctionRun, v versions) *unseen {
	result := undecodable(u, v)
	result.Cause.Notice = cause.ClosesUnnoticed
	result.Cause.Parting = &cause.Parting{Now: compare.EndingSide(trace.EndingOf(run.Err), run.Err)}
	return result
}

func unreadableNote(u trace.Unreadable, events []*historypb.HistoryEvent) Note {
	value := unreadValue(u, events)
	return Note{
		Kind: Unreadable, Event: u.Event.GetEventId(), EventType: u.Event.GetEventType().String(),
		Name: strings.TrimSpace(string(value.Of) + " " + value.Name), Source: u.Line.String(), Value: value,
	}
}

// noticeOfUnread says who notices that a value of the event does not decode.
func noticeOfUnread(eventType string) cause.Notice {
	switch eventType {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED.String():
		return cause.FailsExecution
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED.String():
		return cause.WaitsUnnoticed
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED.String(),
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED.String():
		return cause.NoticedAtOnce
	default:
		return cause.ErrorInCode
	}
}

// unreadValue says what the value is.
func unreadValue(u trace.Unreadable, history []*historypb.HistoryEvent) *cause.UnreadValue {
	of := func(scheduled int64) *historypb.HistoryEvent { return events.ByID(history, scheduled) }
	e := u.Event
	value := &cause.UnreadValue{Of: cause.OfEvent, Name: e.GetEventType().String(), Field: u.Field, Item: u.Item,
		Recorded: u.Recorded, Type: u.Type}
	switch {
	case e.GetWorkflowExecutionStartedEventAttributes() != nil && u.Field == "input":
		value.Of, value.Name = cause.OfInput, ""
	case e.GetWorkflowExecutionSignaledEventAttributes() != nil:
		value.Of, value.Name = cause.OfSignal, e.GetWorkflowExecutionSignaledEventAttributes().GetSignalName()
	case events.Incoming(e) != "":
		value.Of, value.Name = cause.OfUpdate, events.Incoming(e)
	case e.GetActivityTaskCompletedEventAttributes() != nil:
		scheduled := of(e.GetActivityTaskCompletedEventAttributes().GetScheduledEventId())
		value.Of, value.Name = cause.OfActivity,
			scheduled.GetActivityTaskScheduledEventAttributes().GetActivityType().GetName()
	case e.GetChildWorkflowExecutionCompletedEventAttributes() != nil:
		value.Of, value.Name = cause.OfChildWorkflow,
			e.GetChildWorkflowExecutionCompletedEventAttributes().GetWorkflowType().GetName()
	case e.GetNexusOperationCompletedEventAttributes() != nil:
		scheduled := of(e.GetNexusOperationCompletedEventAttributes().GetScheduledEventId())
		value.Of, value.Name = cause.OfNexusOperation, compare.SideOf(scheduled).Name
	case e.GetMarkerRecordedEventAttributes() != nil && u.Field == "details.result":
		value.Of, value.Name = cause.OfLocalActivity, ""
	case e.GetMarkerRecordedEventAttributes() != nil:
		value.Of, value.Name = cause.OfMarker, e.GetMarkerRecordedEventAttributes().GetMarkerName()
	case strings.Contains(u.Field, "failure"):
		value.Of = cause.OfFailure
	}
	if encoding, unknown := u.UnknownEncoding(); unknown {
		value.Encoding = encoding
	}
	return value
}

// missingArgument is about a workflow function that takes more than its input has.
func missingArgument(in *trace.Intake, started *historypb.HistoryEvent) Note {
	return Note{
		Kind: MissingArgument, Event: 1, EventType: started.GetEventType().String(), Name: "the input",
		Parameters: &cause.Parameters{Takes: in.Parameters, Has: in.Arguments},
	}
}

// failedForItsInput reports whether the recorded execution failed because its input did
// not decode: that is then what the code does.
func failedForItsInput(events []*historypb.HistoryEvent) bool {
	failure := events[len(events)-1].GetWorkflowExecutionFailedEventAttributes().GetFailure()
	return strings.HasPrefix(failure.GetMessage(), failedDecode)
}
