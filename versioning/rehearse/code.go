package rehearse

import (
	"context"

	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/inert"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Code is the line of workflow code that makes an effect: that of the call whose command is another
// one, or is refused; of the panic; of where the workflow function waits. The fields are as in the
// Place of package replay. Near is whether the code ends and the line is that of the last call before:
// nothing tells the line of a plain return.
type Code struct {
	Source  string
	Callers []string `json:",omitempty"`
	Near    bool     `json:",omitempty"`
	File    string
	Line    int
}

// codeAt is nil for the zero Line.
func codeAt(line trace.Line, callers ...string) *Code {
	if line == (trace.Line{}) {
		return nil
	}
	return &Code{Source: line.String(), Callers: callers, File: line.File, Line: line.Number}
}

// codeOf is nil for no lines. The first one is the innermost.
func codeOf(lines []trace.Line) *Code {
	if len(lines) == 0 {
		return nil
	}
	var callers []string
	for _, line := range lines[1:] {
		callers = append(callers, line.String())
	}
	return codeAt(lines[0], callers...)
}

// looked adds the line to an effect that needs a look, where the rehearsal that found it does not
// know one: the task is rehearsed once more and each call noted. unsafe is whether a replay tells
// where history and code do not match.
func (x *rehearsal) looked(ctx context.Context, n int, made *madeUp, e Effect, unsafe bool) Effect {
	if e.Code != nil || !e.Notable() || e.Kind == Stuck && unsafe && e.Mismatch() {
		return e
	}
	v := x.newVisit(n, made)
	v.looks = true
	unknown, err := x.play(ctx, v.first(), false, v.next)
	if err == nil && unknown == nil && v.effect.Kind == e.Kind && v.effect.Ending == e.Ending && v.effect.Task == e.Task {
		e.Code = v.effect.Code
	}
	return e
}

// parted is the line of what parts first from the recording. now are all commands of the task.
func (v *visit) parted(now []*historypb.HistoryEvent, i int) *Code {
	switch {
	case v.effect.Kind == Closes && v.effect.Ending != "", i < len(now) && closing(now[i:i+1]) != nil:
		return v.ends(now)
	case i < len(now):
		return v.calls(now[i], now)
	case v.looks:
		return codeOf(v.last.run.Waits())
	default:
		return nil
	}
}

// ends is the line at which the execution closes. now are all commands of the task.
func (v *visit) ends(now []*historypb.HistoryEvent) *Code {
	run := v.last.run
	if e := now[len(now)-1]; e.GetWorkflowExecutionContinuedAsNewEventAttributes() != nil {
		if c := v.calls(e, now); c != nil {
			return c
		}
	}
	if c := codeAt(run.Panicked()); c != nil {
		return c
	}
	last := run.Last()
	if last == nil {
		return nil
	}
	c := codeAt(last.Stack.Line(), last.Stack.Callers()...)
	if c != nil {
		c.Near = last.Kind != trace.Ending || v.effect.Ending != continued
	}
	return c
}

// continued is the ending of an execution that goes on as a new one.
const continued = "ContinuedAsNew"

// fails is the line at which a task fails.
func (v *visit) fails(run *inert.Run) *Code {
	switch {
	case !v.looks:
		return nil
	case v.effect.deadlocked():
		return codeOf(run.Blocked())
	default:
		return codeAt(run.Panicked())
	}
}

// calls is the line of the call that has made the event, which is one of all.
func (v *visit) calls(e *historypb.HistoryEvent, all []*historypb.HistoryEvent) *Code {
	var of []called
	at := 0
	for i, one := range all {
		if of = append(of, ofEvent(one)); one == e {
			at = i
		}
	}
	return nth(v.last.run.Calls(), of, at)
}

// refuses is the line of the call that has made a command which the service refuses.
func refuses(r *reply, at int) *Code {
	var of []called
	for _, c := range r.answer.Completed.GetCommands() {
		of = append(of, ofCommand(c))
	}
	if at < 0 || at >= len(of) {
		return nil
	}
	if c := nth(r.run.Calls(), of, at); c != nil {
		return c
	}
	return nth(r.run.Replayed(), of, at) // the code has ended before, and its commands come now
}

// called tells calls of the same kind apart, as far as both a command and an event tell them.
type called struct {
	kind trace.Kind
	name string
}

// nth is the line of the call that belongs to one of the commands. A call that the code has
// cancelled makes no command: where there are more calls than commands of that kind, the line is
// known only if it is the same for all.
func nth(calls []inert.Call, commands []called, at int) *Code {
	want := commands[at]
	if want.kind == "" {
		return nil
	}
	before, all := 0, 0
	for i, c := range commands {
		if c == want {
			if all++; i < at {
				before++
			}
		}
	}
	var of []trace.Stack
	for _, c := range calls {
		if (called{c.Kind, c.Name}) == want {
			of = append(of, c.Stack)
		}
	}
	if len(of) == 0 {
		return nil
	}
	if len(of) == all {
		return codeAt(of[before].Line(), of[before].Callers()...)
	}
	for _, stack := range of[1:] {
		if stack.Line() != of[0].Line() {
			return nil
		}
	}
	return codeAt(of[0].Line())
}

func ofEvent(e *historypb.HistoryEvent) called {
	if e.GetWorkflowExecutionContinuedAsNewEventAttributes() != nil {
		return called{kind: trace.Ending}
	}
	return called{trace.KindOf(e), events.Name(e)}
}

func ofCommand(c *commandpb.Command) called {
	switch c.GetCommandType() {
	case enumspb.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK:
		return called{trace.Activity, c.GetScheduleActivityTaskCommandAttributes().GetActivityType().GetName()}
	case enumspb.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION:
		return called{trace.ChildWorkflow,
			c.GetStartChildWorkflowExecutionCommandAttributes().GetWorkflowType().GetName()}
	case enumspb.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION:
		return called{trace.SignalExternal,
			c.GetSignalExternalWorkflowExecutionCommandAttributes().GetSignalName()}
	case enumspb.COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION:
		return called{trace.NexusOperation, c.GetScheduleNexusOperationCommandAttributes().GetOperation()}
	}
	return called{kind: unnamed[c.GetCommandType()]}
}

var unnamed = map[enumspb.CommandType]trace.Kind{
	enumspb.COMMAND_TYPE_START_TIMER:                                trace.Timer,
	enumspb.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION: trace.CancelExternal,
	enumspb.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:          trace.SearchAttributes,
	enumspb.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES:                 trace.Memo,
	enumspb.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION:         trace.Ending,
}
