package replay

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// cause is what the SDK's text tells. The event is the one that it is about, or that was
// found for it.
func (r *rejection) cause(event *historypb.HistoryEvent, v versions) Cause {
	c := r.causeOfText(event, v)
	c.Decided, c.Notice = Decision{Way: v.way()}, r.notice()
	if c.Parting != nil || c.Kind == EventUnfit {
		c.Decided = v.decides(event)
	}
	return c
}

func (r *rejection) causeOfText(event *historypb.HistoryEvent, v versions) Cause {
	if r.verdict == Nondeterministic && r.Kind != sdkerror.UnknownFlag && !v.run.Reached {
		// What does not decode is known, and is not this: see undecodable.
		return Cause{Kind: NotCalled}
	}
	parting := &Parting{}
	switch r.Kind {
	case sdkerror.UnknownType:
		return Cause{Kind: TypeNotRegistered, Type: &UnknownType{Name: r.Clues["type"], Registered: strings.Split(r.Clues["supported"], ", ")}}
	case sdkerror.BelowMinimum, sdkerror.AboveMaximum:
		return r.rangeCause(event, v)
	case sdkerror.MissingCommand:
		parting.Recorded = compare.SideOf(event)
		return Cause{Kind: CallRemoved, Parting: parting}
	case sdkerror.UnexplainedEvent:
		parting.Recorded = compare.SideOf(event)
		if v.run.Ended && v.run.Err != nil {
			parting.Now = compare.EndingSide(trace.EndingOf(v.run.Err), v.run.Err)
			return Cause{Kind: EndsEarlier, Parting: parting}
		}
		return Cause{Kind: EventUnexplained, Parting: parting}
	case sdkerror.ExtraCommand:
		parting.Now = sideOf(sdkerror.Printed(r.Clues["command"]))
		return Cause{Kind: CallAdded, Parting: parting}
	case sdkerror.DifferentCommand:
		parting.Recorded, parting.Now = compare.SideOf(event), sideOf(sdkerror.Printed(r.Clues["command"]))
		return Cause{Kind: renamedOrReplaced(parting), Parting: parting}
	case sdkerror.UnexpectedSideEffect:
		parting.Now = &compare.Side{Type: string(trace.SideEffect)}
		return Cause{Kind: CallAdded, Parting: parting}
	case sdkerror.UnexpectedMutableSideEffect:
		parting.Now = &compare.Side{Type: string(trace.MutableSideEffect), Name: r.Clues["name"]}
		return Cause{Kind: CallAdded, Parting: parting}
	case sdkerror.DifferentLocalActivity:
		parting.Recorded = &compare.Side{Event: event.GetEventId(), Type: event.GetEventType().String(), Name: "LocalActivity " + r.Clues["event"]}
		parting.Now = &compare.Side{Type: string(trace.LocalActivity), Name: r.Clues["command"]}
		return Cause{Kind: CallRenamed, Parting: parting}
	case sdkerror.DifferentEnding:
		parting.Recorded = compare.SideOf(event)
		if v.run.Ended {
			parting.Now = compare.EndingSide(trace.EndingOf(v.run.Err), v.run.Err)
		}
		return Cause{Kind: EndsOtherwise, Parting: parting}
	case sdkerror.InvalidTransition:
		return Cause{Kind: EventUnfit, Failure: &Failure{Subject: r.Clues["kind"] + " " + r.Clues["name"]}}
	case sdkerror.UnknownFlag:
		return Cause{Kind: FlagUnknown, Failure: &Failure{Subject: r.Clues["name"]}}
	case sdkerror.Deadlock:
		return Cause{Kind: CodeDeadlocks, Failure: &Failure{}}
	}
	failure := &Failure{Text: firstLine(r.Err.Error())}
	if r.verdict == Panic {
		return Cause{Kind: CodePanics, Failure: failure}
	}
	return Cause{Kind: Unclassified, Failure: failure}
}

// rangeCause is about the GetVersion call that did not return.
func (r *rejection) rangeCause(event *historypb.HistoryEvent, v versions) Cause {
	bound := int(r.Number("bound"))
	out := &VersionRange{ChangeID: r.Clues["change"], Version: r.Number("version"), Min: bound, Max: bound}
	out.Marked = event.GetMarkerRecordedEventAttributes() != nil || v.unreadable
	for _, call := range v.calls {
		if call.ChangeID == out.ChangeID && !call.Taken {
			out.Min, out.Max = call.Min, call.Max
		}
	}
	if r.Kind == sdkerror.BelowMinimum {
		return Cause{Kind: BranchRemoved, Range: out}
	}
	return Cause{Kind: VersionNotKnown, Range: out}
}

// callOfCommand is the call that sends a command of that type, as the SDK prints it.
var callOfCommand = map[string]trace.Kind{
	"ScheduleActivityTask":                   trace.Activity,
	"StartTimer":                             trace.Timer,
	"StartChildWorkflowExecution":            trace.ChildWorkflow,
	"SignalExternalWorkflowExecution":        trace.SignalExternal,
	"RequestCancelExternalWorkflowExecution": trace.CancelExternal,
	"ScheduleNexusOperation":                 trace.NexusOperation,
	"UpsertWorkflowSearchAttributes":         trace.SearchAttributes,
	"ModifyWorkflowProperties":               trace.Memo,
}

// sideOf is the call that sends the printed command, or the command itself where no call is
// known for it.
func sideOf(p sdkerror.Printed) *compare.Side {
	s := &compare.Side{Type: p.TypeName(), Name: p.Name()}
	if call, known := callOfCommand[s.Type]; known {
		s.Type = string(call)
	}
	return s
}

func renamedOrReplaced(p *Parting) CauseKind {
	renamed := map[string]enumspb.EventType{
		string(trace.Activity):      enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
		string(trace.Timer):         enumspb.EVENT_TYPE_TIMER_STARTED,
		string(trace.ChildWorkflow): enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	}
	if t, ok := renamed[p.Now.Type]; ok && t.String() == p.Recorded.Type && p.Recorded.Name != p.Now.Name {
		return CallRenamed
	}
	return CallReplaced
}
