package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// fault is what is wrong, as the beginning of a line.
func fault(r replay.Result) string {
	c := r.Cause
	switch c.Kind {
	case cause.Unchanged:
		return ""
	case cause.BranchRemoved, cause.VersionNotKnown:
		return fmt.Sprintf("change ID %q: %s", c.Range.ChangeID, outside(c))
	case cause.TypeNotRegistered:
		return fmt.Sprintf("workflow type %q is not registered, only %s", c.Type.Name, some(c.Type.Registered))
	case cause.ValueUnreadable:
		return unreadable(c)
	case cause.ArgumentMissing:
		return missingArgument(*c.Parameters)
	case cause.SignalUnread, cause.SignalRenamed:
		return unread(*c.Signal) + unreadLive(*c.Signal)
	case cause.UpdateUnhandled, cause.UpdateRenamed:
		return unhandled(*c.Update)
	case cause.NotDeterministic:
		return "replays of the same code differ, it " + unstable(*c.Unstable, true)
	case cause.StuckAhead, cause.ClosesAhead, cause.HangsAhead:
		return ahead(c)
	case cause.NotBegun:
		return "no Workflow Task has completed; the code can begin it, and that proves nothing"
	case cause.NotCalled:
		return "the workflow function was never called, although its input decodes"
	case cause.CodePanics, cause.CodeDeadlocks, cause.FlagUnknown, cause.EventUnfit, cause.Unclassified:
		return failure(c)
	default:
		return parting(c)
	}
}

// parting says how history and code part.
func parting(c cause.Cause) string {
	p := c.Parting
	switch c.Kind {
	case cause.CallAdded:
		text := fmt.Sprintf("code calls %s, history has no event for it", p.Now)
		if p.Instead != nil {
			text += fmt.Sprintf("; history goes on with %s", p.Instead)
		}
		return text
	case cause.CallRemoved:
		text := fmt.Sprintf("history has %s, code makes no such call there", p.Recorded)
		if p.Instead != nil {
			text += fmt.Sprintf("; code goes on with %s", p.Instead)
		}
		return text
	case cause.CallRenamed, cause.CallReplaced:
		return fmt.Sprintf("history has %s, code calls %s", p.Recorded, p.Now)
	case cause.CallRetyped, cause.CallsSwapped, cause.CallsReordered, cause.CallMovedInTask, cause.CallMoved,
		cause.CallsMadeSequential, cause.CallsMadeParallel:
		return misplaced(c.Kind, p)
	case cause.CancellationAdded, cause.CancellationRemoved, cause.UpdateAnsweredAtOnce, cause.UpdateAnsweredLater:
		return untimely(c.Kind, p)
	case cause.OptionsChanged, cause.ValuesChanged:
		text := differing(*p.Difference)
		if isChildID(*p.Difference) {
			text = "the same child under another ID: " + text
		}
		if p.Ends != nil {
			text += "; then " + endsOtherwise(*p.Ends)
		}
		return text
	case cause.EventUnexplained:
		return fmt.Sprintf("history has %s, which no call of the code explains", p.Recorded)
	case cause.EndsEarlier:
		return endsEarlier(p)
	case cause.EndsOtherwise:
		return endsOtherwise(cause.Ends{Recorded: p.Recorded, Now: p.Now})
	}
	return ""
}

func endsOtherwise(e cause.Ends) string {
	if e.Now == nil {
		return fmt.Sprintf("history ends with %s, code goes on", e.Recorded)
	}
	return fmt.Sprintf("history ends with %s, code ends otherwise (%s)", e.Recorded, ending(e.Now))
}

func endsEarlier(p *cause.Parting) string {
	switch {
	case p.Afterwards != nil:
		return fmt.Sprintf("code ends (%s) in the Workflow Task of event %d, history goes on; %s", ending(p.Now),
			p.Task, afterwards(*p.Afterwards))
	case p.Recorded == nil:
		return fmt.Sprintf("code ends (%s), history goes on", ending(p.Now))
	default:
		return fmt.Sprintf("history has %s, but the code has ended before (%s)", p.Recorded, ending(p.Now))
	}
}

// ending says how the workflow function has ended.
func ending(s *compare.Side) string {
	text := s.Name
	if text == "continuedAsNew" {
		text = "continued as new"
	}
	if s.To != "" {
		text += " " + s.To
	}
	if s.Error != "" && s.Name == "failed" {
		text += fmt.Sprintf(" with %q", s.Error)
	}
	return text
}

// afterwards says what becomes of an execution that has come further.
func afterwards(a cause.Afterwards) string {
	if s := a.Resends; s != nil {
		what := "timer " + s.Name
		if s.Type == "ActivityTaskScheduled" {
			what = "activity " + s.Name
		}
		return fmt.Sprintf("live it sends %s again: until %s has ended the service refuses that, and the "+
			"execution is stuck; then it closes, without an error", what, what)
	}
	var lost []string
	if a.Signals > 0 {
		lost = append(lost, prose.Plural(a.Signals, "signal"))
	}
	if a.Results > 0 {
		lost = append(lost, prose.Plural(a.Results, "result"))
	}
	text := "live it closes there, without an error, unless an event arrives in that task"
	if len(lost) > 0 {
		text += "; lost with the run: " + strings.Join(lost, ", ")
	}
	return text
}

// failure says what the SDK or the code says itself.
func failure(c cause.Cause) string {
	text := ""
	switch c.Kind {
	case cause.CodeDeadlocks:
		text = "the workflow code blocks for over a second, unseen by the SDK"
	case cause.CodePanics:
		text = "workflow code panics: " + c.Failure.Text
	case cause.FlagUnknown:
		return fmt.Sprintf("the history uses SDK flag %s, which this SDK does not know", c.Failure.Subject)
	case cause.EventUnfit:
		return fmt.Sprintf("an event of %s does not fit what the code did with it, such as cancel it or not",
			c.Failure.Subject)
	default:
		return c.Failure.Text
	}
	if c.Failure.FirstTask {
		text = "in its first Workflow Task, which no Worker has completed yet: " + text
	}
	return text
}

// outside says which version the GetVersion call leaves out.
func outside(c cause.Cause) string {
	v := *c.Range
	switch {
	case c.Kind == cause.VersionNotKnown:
		return fmt.Sprintf("history has %s, code accepts up to %s", version(v.Version), version(int64(v.Max)))
	case v.Marked:
		return fmt.Sprintf("history has %s, code accepts version %d and up", version(v.Version), v.Min)
	default:
		return fmt.Sprintf("history has no marker, code accepts version %d and up", v.Min)
	}
}

func version(v int64) string {
	if v == -1 {
		return "DefaultVersion"
	}
	return fmt.Sprintf("version %d", v)
}

// some are the first of many names.
func some(names []string) string {
	if n := len(names) - 1; n > 1 {
		return fmt.Sprintf("%s and %d others", names[0], n)
	}
	return strings.Join(names, " and ")
}
