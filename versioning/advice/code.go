package advice

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// code writes Go code for what there is to do, "" where none helps: an edit of the source where that is
// there, and a sketch otherwise.
func code(r replay.Result) (string, *Patch) {
	p := patch(r)
	text := ""
	if p != nil {
		text = p.String()
	} else if r.Cause.Kind == cause.TypeNotRegistered {
		text = registration(r.Cause)
	} else if text = sketch(r); text != "" {
		place := ""
		if r.Cause.Ahead == nil && r.Cause.Range == nil && r.Cause.Kind != cause.EndsOtherwise {
			place = sketchPlace(r)
		}
		text = "// A sketch: arguments, options and results are yours to add.\n" + place + text
	}
	if rules := Allow(r); rules != "" && text != "" {
		text += "\n" + rules
	}
	return text, p
}

// sketch writes the code that can be written without the source.
func sketch(r replay.Result) string {
	c, x := r.Cause, r.Explanation
	switch {
	case x == nil:
		return ""
	case c.Ahead != nil:
		return aheadCode(r)
	case c.Range != nil && c.Decided.Way != cause.ByRollback && c.Kind != cause.VersionNotKnown:
		return rangeCode(*c.Range)
	case x.Parted == nil || !partedComplete(*x.Parted) || c.Decided.Kind == cause.OlderCode || c.Decided.Kind == cause.RanShadow:
		return ""
	case r.Verdict == replay.Drift || r.Moved == replay.Drift || c.Parting != nil && c.Parting.Afterwards != nil:
		return branch(r)
	case c.Decided.Here:
		return fmt.Sprintf("v := workflow.GetVersion(ctx, %q, workflow.DefaultVersion, %d)\n// and the branch "+
			"that it decided, for as long as such executions are open",
			c.Decided.ChangeID, c.Decided.Version)
	case c.Decided.Kind == cause.Unversioned || c.Decided.Kind == cause.PerhapsDefault:
		return branch(r)
	default:
		return ""
	}
}

// branch writes the GetVersion call that lets both kinds of executions go on, for
// the place where they part.
func branch(r replay.Result) string {
	p := *r.Explanation.Parted
	before, after := inContext(eventCode(p), contextOf(r, sameCall(p))), inContext(callCode(p), contextOf(r, p.Call))
	switch p.Kind {
	case cause.CallRemoved:
		return versioned(changeID("remove", p), "if v == workflow.DefaultVersion {", before, "")
	case cause.CallAdded:
		return versioned(changeID("add", p), "if v != workflow.DefaultVersion {", after, "")
	case cause.CallsSwapped, cause.CallsReordered, cause.CallMovedInTask, cause.CallMoved,
		cause.CallsMadeSequential, cause.CallsMadeParallel:
		return orderCode(r, before, after)
	case cause.CancellationAdded, cause.CancellationRemoved, cause.UpdateAnsweredAtOnce, cause.UpdateAnsweredLater:
		return timingCode(p, after)
	case cause.EndsEarlier:
		return versioned(changeID("end-earlier", p), "if v != workflow.DefaultVersion {", after, "")
	case cause.ValuesChanged, cause.OptionsChanged:
		d := p.Difference
		return versioned(changeID("change", p), "if v == workflow.DefaultVersion {",
			commented(before, valueComment(*d, d.Recorded)), commented(after, valueComment(*d, d.Now)))
	case cause.EndsOtherwise:
		return endingCode(r, before, after)
	case cause.CallRenamed, cause.CallReplaced, cause.CallRetyped:
		return versioned(changeID(verbs[p.Kind], p), "if v == workflow.DefaultVersion {", before, after)
	}
	return ""
}

func versioned(changeID, condition, first, second string) string {
	code := fmt.Sprintf("v := workflow.GetVersion(ctx, %q, workflow.DefaultVersion, 1)\n%s\n\t%s\n}", changeID,
		condition, first)
	if second != "" {
		code += fmt.Sprintf(" else {\n\t%s\n}", second)
	}
	return code
}

// longestInCode is how much of what came from a workflow stands in a line of code, and
// longestName and longestInID how much of a name, there and in a change ID.
const (
	longestInCode = 50
	longestName   = 40
	longestInID   = 28
)

// valueComment names what differs, with its value.
func valueComment(d compare.Difference, value string) string {
	field := d.Path[strings.IndexByte(d.Path, '.')+1:]
	if i := strings.Index(d.Path, ")."); i >= 0 {
		field = d.Path[i+2:]
	}
	if value == "" {
		value = "none"
	}
	return shortened(inOneLine("with "+field+" "+value), longestInCode)
}

// inOneLine keeps a user's text within a comment.
func inOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// commented puts a comment behind a line of code, after the one that it has.
func commented(code, comment string) string {
	if strings.Contains(code, "// ") {
		return code + ", " + comment
	}
	return code + " // " + comment
}

func hyphenated(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			if lower {
				b.WriteByte('-')
			}
			b.WriteRune(unicode.ToLower(r))
			lower = false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
			lower = true
		default:
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
			lower = false
		}
	}
	return strings.Trim(b.String(), "-")
}

func callCode(p replay.Parted) string {
	c := p.Call
	if c == nil {
		return ""
	}
	var code string
	switch c.Kind {
	case trace.Activity:
		code = fmt.Sprintf("workflow.ExecuteActivity(ctx, %q, args...)", c.Name)
	case trace.LocalActivity:
		code = fmt.Sprintf("workflow.ExecuteLocalActivity(ctx, %q, args...)", c.Name)
	case trace.ChildWorkflow:
		code = fmt.Sprintf("workflow.ExecuteChildWorkflow(ctx, %q, args...)", c.Name)
	case trace.NexusOperation:
		code = fmt.Sprintf("client.ExecuteOperation(ctx, %q, input, options)", c.Name)
	case trace.Timer:
		var d time.Duration
		if a, ok := c.Attributes.(*historypb.TimerStartedEventAttributes); ok {
			d = a.GetStartToFireTimeout().AsDuration()
		}
		code = fmt.Sprintf("workflow.NewTimer(ctx, %s)", durationCode(d))
	case trace.SignalExternal:
		code = fmt.Sprintf("workflow.SignalExternalWorkflow(ctx, workflowID, runID, %q, arg)", c.Name)
	case trace.CancelExternal:
		code = fmt.Sprintf("workflow.RequestCancelExternalWorkflow(ctx, %q, runID)", c.Name)
	case trace.SideEffect:
		code = "workflow.SideEffect(ctx, f)"
	case trace.MutableSideEffect:
		code = fmt.Sprintf("workflow.MutableSideEffect(ctx, %q, f, equals)", c.Name)
	case trace.SearchAttributes:
		code = "workflow.UpsertTypedSearchAttributes(ctx, attributes...)"
	case trace.Memo:
		code = "workflow.UpsertMemo(ctx, memo)"
	case trace.Ending:
		return "return // " + shortened(inOneLine(strings.TrimPrefix(p.Now.String(), "return ")), longestInCode)
	default:
		return "// " + inOneLine(p.Now.String())
	}
	return code
}

func eventCode(p replay.Parted) string {
	e := p.Event
	if e == nil {
		return ""
	}
	place := fmt.Sprintf(" // event %d", e.GetEventId())
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.ExecuteActivity(ctx, %q, args...)", a.GetActivityType().GetName()) + place
	}
	if a := e.GetTimerStartedEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.NewTimer(ctx, %s)", durationCode(a.GetStartToFireTimeout().AsDuration())) + place
	}
	if a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.ExecuteChildWorkflow(ctx, %q, args...)", a.GetWorkflowType().GetName()) + place +
			", with the Workflow ID " + shortened(strconv.Quote(a.GetWorkflowId()), 2*longestInCode)
	}
	if a := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.SignalExternalWorkflow(ctx, workflowID, runID, %q, arg)",
			a.GetSignalName()) + place
	}
	if a := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.RequestCancelExternalWorkflow(ctx, %q, runID)",
			a.GetWorkflowExecution().GetWorkflowId()) + place
	}
	return fmt.Sprintf("// as in the history: %s, event %d", shortened(inOneLine(p.Recorded.String()), longestName),
		e.GetEventId())
}

// durationCode writes a duration as people write it in Go.
func durationCode(d time.Duration) string {
	for _, unit := range []struct {
		name string
		of   time.Duration
	}{{"time.Hour", time.Hour}, {"time.Minute", time.Minute}, {"time.Second", time.Second},
		{"time.Millisecond", time.Millisecond}} {
		switch {
		case d == unit.of:
			return unit.name
		case d > 0 && d%unit.of == 0:
			return fmt.Sprintf("%d*%s", d/unit.of, unit.name)
		}
	}
	return fmt.Sprintf("%d*time.Nanosecond", d)
}

// rangeCode writes the range that also takes the version that the history has.
func rangeCode(v cause.VersionRange) string {
	name := func(v int) string {
		if v == -1 {
			return "workflow.DefaultVersion"
		}
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("v := workflow.GetVersion(ctx, %q, %s, %s)", v.ChangeID, name(min(v.Min, int(v.Version))),
		name(max(v.Max, int(v.Version))))
}
