package replay

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// branch writes the GetVersion call that lets both kinds of executions go on, for
// the place where they part.
func (p *parting) branch() string {
	before, after := p.eventCode(), callCode(p.call)
	switch p.change {
	case CallRemoved:
		return versioned(p.changeID("remove"), "if v == workflow.DefaultVersion {", before, "")
	case CallAdded:
		return versioned(p.changeID("add"), "if v != workflow.DefaultVersion {", after, "")
	case CallsReordered, CallMoved:
		return versioned(p.changeID("move"), "if v == workflow.DefaultVersion {",
			"// the calls in the order of the history", "// the calls in the order of the new code")
	case EndsEarlier:
		return versioned("end-earlier", "if v != workflow.DefaultVersion {", after, "")
	case ValuesChanged, OptionsChanged:
		return versioned(p.changeID("change"), "if v == workflow.DefaultVersion {",
			commented(before, p.valueComment(true)), commented(after, p.valueComment(false)))
	case CallRenamed, CallReplaced, EndsOtherwise:
		return versioned(p.changeID("replace"), "if v == workflow.DefaultVersion {", before, after)
	}
	return ""
}

func versioned(changeID, condition, first, second string) string {
	code := fmt.Sprintf("v := workflow.GetVersion(ctx, %q, workflow.DefaultVersion, 1)\n%s\n\t%s\n}", changeID, condition, first)
	if second != "" {
		code += fmt.Sprintf(" else {\n\t%s\n}", second)
	}
	return code
}

// valueComment names what differs, as it was or as it is.
func (p *parting) valueComment(recorded bool) string {
	d := p.row.Differences[0]
	field := d.Path[strings.IndexByte(d.Path, '.')+1:]
	if i := strings.Index(d.Path, ")."); i >= 0 {
		field = d.Path[i+2:]
	}
	value := d.Now
	if recorded {
		value = d.Recorded
	}
	if value == "" {
		value = "none"
	}
	return shortened("with " + field + " " + value)
}

// commented puts a comment behind a line of code, after the one that it has.
func commented(code, comment string) string {
	if strings.Contains(code, "// ") {
		return code + ", " + comment
	}
	return code + " // " + comment
}

// shortened keeps what came from a workflow within a line of code.
func shortened(text string) string {
	const longest = 50
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}

// changeID proposes a change ID: what is done with what.
func (p *parting) changeID(verb string) string {
	var name string
	switch {
	case p.event != nil:
		if _, inner, ok := strings.Cut(p.trace.Describe(p.event), "("); ok {
			name = strings.TrimSuffix(inner, ")")
		}
		if strings.Trim(name, "0123456789") == "" {
			name = p.event.GetEventType().String() // a timer's ID tells nothing
		}
	case p.call != nil:
		name = p.call.Name
		if name == "" {
			name = string(p.call.Kind)
		}
	}
	return verb + "-" + hyphenated(name)
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

func callCode(c *compare.Call) string {
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
		return "return // " + shortened(strings.TrimPrefix(callText(c), "return "))
	default:
		return "// " + callText(c)
	}
	return code
}

func (p *parting) eventCode() string {
	e := p.event
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
		return fmt.Sprintf("workflow.ExecuteChildWorkflow(ctx, %q, args...)", a.GetWorkflowType().GetName()) + place
	}
	if a := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.SignalExternalWorkflow(ctx, workflowID, runID, %q, arg)", a.GetSignalName()) + place
	}
	if a := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes(); a != nil {
		return fmt.Sprintf("workflow.RequestCancelExternalWorkflow(ctx, %q, runID)", a.GetWorkflowExecution().GetWorkflowId()) + place
	}
	return "// as in the history: " + p.trace.Describe(e) + fmt.Sprintf(", event %d", e.GetEventId())
}

// durationCode writes a duration as people write it in Go.
func durationCode(d time.Duration) string {
	for _, unit := range []struct {
		name string
		of   time.Duration
	}{{"time.Hour", time.Hour}, {"time.Minute", time.Minute}, {"time.Second", time.Second}, {"time.Millisecond", time.Millisecond}} {
		switch {
		case d == unit.of:
			return unit.name
		case d > 0 && d%unit.of == 0:
			return fmt.Sprintf("%d*%s", d/unit.of, unit.name)
		}
	}
	return fmt.Sprintf("%d*time.Nanosecond", d)
}

// versionCode writes the range that also takes the version that the history has.
func versionCode(c *compare.Call, recorded int64) string {
	name := func(v int) string {
		if v == -1 {
			return "workflow.DefaultVersion"
		}
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("v := workflow.GetVersion(ctx, %q, %s, %s)", c.Name, name(min(c.Min, int(recorded))), name(max(c.Max, int(recorded))))
}
