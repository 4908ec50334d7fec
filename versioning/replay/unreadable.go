package replay

import (
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// failedDecode begins the failure of an execution whose input does not decode
// (workflowExecutor.Execute in the SDK's internal/internal_worker.go).
const failedDecode = "unable to decode the workflow function input payload"

// inputUnreadable returns the input that keeps the workflow function from being called.
// No reference is needed: a function that is never reached is proof.
func inputUnreadable(in *trace.Intake, run functionRun) (trace.Unreadable, bool) {
	if run.reached || len(in.Unreadable) == 0 {
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

// failedForItsInput reports whether the recorded execution failed because its input did
// not decode: that is then what the code does.
func failedForItsInput(events []*historypb.HistoryEvent) bool {
	failure := events[len(events)-1].GetWorkflowExecutionFailedEventAttributes().GetFailure()
	return strings.HasPrefix(failure.GetMessage(), failedDecode)
}

// undecodable is the result of a code that cannot read the value and ends or parts for
// that.
func undecodable(u trace.Unreadable, events []*historypb.HistoryEvent) *unseen {
	result := &unseen{change: ValueUnreadable, notice: noticeOfUnread(u.Event.GetEventType().String()), event: u.Event, asks: "read as " + u.Type, started: u.Task}
	result.Verdict, result.Divergence = Undecodable, Divergence{Event: u.Event.GetEventId(), EventType: u.Event.GetEventType().String()}
	result.Divergence.at(u.Line)
	text := textOfUnreadable(u, events)
	result.say(text.fault+"; "+text.live, text.advice)
	return result
}

// undecodableEnd is the result of a code that ends where it cannot read the value.
func undecodableEnd(u trace.Unreadable, run functionRun, events []*historypb.HistoryEvent) *unseen {
	result, text := undecodable(u, events), textOfUnreadable(u, events)
	result.notice = ClosesUnnoticed
	result.say(fmt.Sprintf("%s; live the code gets an error and ends there (%s)", text.fault, endingText(run.err)), text.advice)
	return result
}

// unreadableText says of a value what is wrong with it, what happens live, and what to do.
type unreadableText struct{ what, fault, live, advice string }

func textOfUnreadable(u trace.Unreadable, events []*historypb.HistoryEvent) unreadableText {
	what, live, advice := whatIsRead(u, events)
	t := unreadableText{what, fmt.Sprintf("%s is %s, which does not decode into %s", what, orNothing(u.Recorded), u.Type), live, advice}
	if encoding, unknown := u.UnknownEncoding(); unknown {
		t.fault = fmt.Sprintf("%s has the encoding %q, which the data converter of this replay does not know", what, encoding)
		t.live, t.advice = strings.Replace(live, "live ", "if that of your Workers does not either, ", 1), "give it the one that your Workers have"
	}
	return t
}

func unreadableNote(u trace.Unreadable, events []*historypb.HistoryEvent) Note {
	t := textOfUnreadable(u, events)
	return Note{
		Kind: Unreadable, Event: u.Event.GetEventId(), EventType: u.Event.GetEventType().String(), Name: t.what, Source: u.Line.String(),
		Text: t.fault + "; " + t.live + ": " + t.advice,
	}
}

// noticeOfUnread says who notices that a value of the event does not decode.
func noticeOfUnread(eventType string) Notice {
	switch eventType {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED.String():
		return FailsExecution
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED.String():
		return WaitsUnnoticed
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED.String(), enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED.String():
		return NoticedAtOnce
	default:
		return ErrorInCode
	}
}

func orNothing(recorded string) string {
	const longest = 80
	if recorded == "" {
		return "nothing"
	}
	if runes := []rune(recorded); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return recorded
}

const readBoth = "keep the old type, or give the new one an UnmarshalJSON that reads both, while such executions are open"

// whatIsRead says in words what the value is, what happens live where it does not
// decode, and what to do.
func whatIsRead(u trace.Unreadable, history []*historypb.HistoryEvent) (what, live, advice string) {
	live, advice = "live the code gets an error where there was a value", readBoth
	of := func(scheduled int64) *historypb.HistoryEvent { return events.ByID(history, scheduled) }
	e := u.Event
	switch {
	case e.GetWorkflowExecutionStartedEventAttributes() != nil && u.Field == "input":
		what, live = "the input", "live the execution is Failed in its first Workflow Task, for good"
		advice = "let the new type read what the old one wrote, or register the new code under another workflow type"
		if u.Item > 0 {
			what = fmt.Sprintf("argument %d of the input", u.Item+1)
		}
	case e.GetWorkflowExecutionSignaledEventAttributes() != nil:
		what = "signal " + e.GetWorkflowExecutionSignaledEventAttributes().GetSignalName()
		live = "live the SDK drops it, and what waits for it waits for ever"
		advice = "keep the old type, or receive it as converter.RawValue and read both, while such executions are open"
	case events.Incoming(e) != "":
		what = fmt.Sprintf("the argument of update %q", events.Incoming(e))
		live = "live the Workflow Task fails, since the update was accepted before"
	case e.GetActivityTaskCompletedEventAttributes() != nil:
		what = "the result of activity " + of(e.GetActivityTaskCompletedEventAttributes().GetScheduledEventId()).GetActivityTaskScheduledEventAttributes().GetActivityType().GetName()
	case e.GetChildWorkflowExecutionCompletedEventAttributes() != nil:
		what = "the result of Child Workflow " + e.GetChildWorkflowExecutionCompletedEventAttributes().GetWorkflowType().GetName()
	case e.GetNexusOperationCompletedEventAttributes() != nil:
		what = "the result of Nexus operation " + of(e.GetNexusOperationCompletedEventAttributes().GetScheduledEventId()).GetNexusOperationScheduledEventAttributes().GetOperation()
	case e.GetMarkerRecordedEventAttributes() != nil:
		what = "the value of " + e.GetMarkerRecordedEventAttributes().GetMarkerName()
		if u.Field == "details.result" {
			what = "the result of a local activity"
		}
	case strings.Contains(u.Field, "failure"):
		what = "the details of the failure in " + e.GetEventType().String()
		live = "live the code gets no details"
	default:
		what = u.Field + " of " + e.GetEventType().String()
	}
	return what, live, advice
}

// missingArgument is about a workflow function that takes more than its input has.
func missingArgument(in *trace.Intake, started *historypb.HistoryEvent) Note {
	return Note{
		Kind: MissingArgument, Event: 1, EventType: started.GetEventType().String(), Name: "the input",
		Text: fmt.Sprintf("the workflow function takes %s, and the input has %d; live it gets zero values for the rest",
			counted(in.Parameters, "parameter"), in.Arguments),
	}
}
