package replay

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// cause is what the SDK's text tells. The event is the one that it is about, or that was
// found for it.
func (r *rejection) cause(event *historypb.HistoryEvent, v versions) cause.Cause {
	c := r.causeOfText(event, v)
	c.Decided, c.Notice = cause.Decision{Way: v.way()}, r.notice()
	if c.Parting != nil || c.Kind == cause.EventUnfit {
		c.Decided = v.decides(event)
	}
	return c
}

func (r *rejection) causeOfText(event *historypb.HistoryEvent, v versions) cause.Cause {
	if r.verdict == Nondeterministic && r.Kind != sdkerror.UnknownFlag && !v.run.Reached {
		// What does not decode is known, and is not this: see undecodable.
		return cause.Cause{Kind: cause.NotCalled}
	}
	parting := &cause.Parting{}
	switch r.Kind {
	case sdkerror.UnknownType:
		return cause.Cause{Kind: cause.TypeNotRegistered,
			Type: &cause.UnknownType{Name: r.Clues["type"], Registered: strings.Split(r.Clues["supported"], ", ")}}
	case sdkerror.BelowMinimum, sdkerror.AboveMaximum:
		return r.rangeCause(event, v)
	case sdkerror.MissingCommand:
		parting.Recorded = compare.SideOf(event)
		return cause.Cause{Kind: cause.CallRemoved, Parting: parting}
	case sdkerror.UnexplainedEvent:
		parting.Recorded = compare.SideOf(event)
		if v.run.Ended && v.run.Err != nil {
			parting.Now = compare.EndingSide(trace.EndingOf(v.run.Err), v.run.Err)
			return cause.Cause{Kind: cause.EndsEarlier, Parting: parting}
		}
		return cause.Cause{Kind: cause.EventUnexplained, Parting: parting}
	case sdkerror.ExtraCommand:
		parting.Now = sideOf(sdkerror.Printed(r.Clues["command"]))
		return cause.Cause{Kind: cause.CallAdded, Parting: parting}
	case sdkerror.DifferentCommand:
		parting.Recorded, parting.Now = compare.SideOf(event), sideOf(sdkerror.Printed(r.Clues["command"]))
		return cause.Cause{Kind: renamedOrReplaced(parting), Parting: parting}
	case sdkerror.UnexpectedSideEffect:
		parting.Now = &compare.Side{Type: string(trace.SideEffect)}
		return cause.Cause{Kind: cause.CallAdded, Parting: parting}
	case sdkerror.UnexpectedMutableSideEffect:
		parting.Now = &compare.Side{Type: string(trace.MutableSideEffect), Name: r.Clues["name"]}
		return cause.Cause{Kind: cause.CallAdded, Parting: parting}
	case sdkerror.DifferentLocalActivity:
		parting.Recorded = &compare.Side{Event: event.GetEventId(), Type: event.GetEventType().String(),
			Name: "LocalActivity " + r.Clues["event"]}
		parting.Now = &compare.Side{Type: string(trace.LocalActivity), Name: r.Clues["command"]}
		return cause.Cause{Kind: cause.CallRenamed, Parting: parting}
	case sdkerror.DifferentEnding:
		parting.Recorded = compare.SideOf(event)
		if v.run.Ended {
			parting.Now = compare.EndingSide(trace.EndingOf(v.run.Err), v.run.Err)
		}
		return cause.Cause{Kind: cause.EndsOtherwise, Parting: parting}
	case sdkerror.InvalidTransition:
		return cause.Cause{Kind: cause.EventUnfit,
			Failure: &cause.Failure{Subject: r.Clues["kind"] + " " + r.Clues["name"]}}
	case sdkerror.UnknownFlag:
		return cause.Cause{Kind: cause.FlagUnknown, Failure: &cause.Failure{Subject: r.Clues["name"]}}
	case sdkerror.Deadlock:
		return cause.Cause{Kind: cause.CodeDeadlocks, Failure: &cause.Failure{}}
	}
	failure := &cause.Failure{Text: firstLine(r.Err.Error())}
	if r.verdict == Panic {
		return cause.Cause{Kind: cause.CodePanics, Failure: failure}
	}
	return cause.Cause{Kind: cause.Unclassified, Failure: failure}
}

// rangeCause is about the GetVersion call that did not return.
func (r *rejection) rangeCause(event *historypb.HistoryEvent, v versions) cause.Cause {
	bound := int(r.Number("bound"))
	out := &cause.VersionRange{ChangeID: r.Clues["change"], Version: r.Number("version"), Min: bound, Max: bound}
	out.Marked = event.GetMarkerRecordedEventAttributes() != nil || v.unreadable
	for _, call := range v.calls {
		if call.ChangeID == out.ChangeID && !call.Taken {
			out.Min, out.Max = call.Min, call.Max
		}
	}
	if r.Kind == sdkerror.BelowMinimum {
		return cause.Cause{Kind: cause.BranchRemoved, Range: out}
	}
	return cause.Cause{Kind: cause.VersionNotKnown, Range: out}
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

func renamedOrReplaced(p *cause.Parting) cause.Kind {
	renamed := map[string]enumspb.EventType{
		string(trace.Activity):      enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
		string(trace.Timer):         enumspb.EVENT_TYPE_TIMER_STARTED,
		string(trace.ChildWorkflow): enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	}
	if t, ok := renamed[p.Now.Type]; ok && t.String() == p.Recorded.Type && p.Recorded.Name != p.Now.Name {
		return cause.CallRenamed
	}
	return cause.CallReplaced
}
