package advice

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ahead says what a live Worker does with the next Workflow Task, where a replay shows nothing.
func ahead(c cause.Cause) string {
	a := c.Ahead
	where := when(a.News, a.Task, a.After...)
	if a.Untold != "" {
		where = fmt.Sprintf("its next Workflow Task %s, and what it does after that is not known; %s", a.Untold, where)
	}
	switch c.Kind {
	case cause.StuckAhead:
		by := "fails"
		if a.Refused {
			by = "is refused by the service"
		}
		text := fmt.Sprintf("%s, the Workflow Task %s (%s)", where, by, a.Failure)
		if task, in := strings.CutPrefix(where, "in "); in {
			text = fmt.Sprintf("%s %s (%s)", task, by, a.Failure)
		}
		if a.Text != "" {
			text += ": " + a.Text
		}
		return text
	case cause.ClosesAhead:
		if a.Ending == "" {
			return fmt.Sprintf("%s, the code goes on; the code that ran the execution has %s there", where,
				orNothing(a.Recorded))
		}
		text := fmt.Sprintf("%s, the code %s", where, endingOf(a))
		if a.Recorded == "" {
			return text + "; the code that ran the execution goes on there"
		}
		return fmt.Sprintf("%s; the code that ran the execution has %s there", text, a.Recorded)
	default:
		waits := ", and waits for nothing that can come"
		if len(a.Awaits) > 0 {
			waits = " but wait for " + either(quotedNews(a.Awaits))
		}
		return fmt.Sprintf("%s, the code does nothing%s; the code that ran the execution has %s there", where, waits,
			orNothing(a.Recorded))
	}
}

// quotedNews has the names in quotes: `signal "paid"`.
func quotedNews(list []string) (texts []string) {
	for _, one := range list {
		kind, name, _ := strings.Cut(one, " ")
		texts = append(texts, fmt.Sprintf("%s %q", kind, name))
	}
	return texts
}

// when says what brings the task, and after what. The task is that of the history, 0 if it has none.
func when(news string, task int64, after ...string) string {
	if len(after) > 0 {
		text := when(after[0], 0)
		for _, next := range append(after[1:len(after):len(after)], news) {
			kind, name, _ := strings.Cut(next, " ")
			text += fmt.Sprintf(", and then %s %q", kind, name)
		}
		return text
	}
	kind, name, _ := strings.Cut(news, " ")
	switch kind {
	case "timer":
		return fmt.Sprintf("when timer %s fires", name)
	case "cancel":
		return "when it is asked to cancel"
	case "signal", "update":
		return fmt.Sprintf("when %s %q comes", kind, name)
	case "first":
		return "in its first Workflow Task"
	}
	if task > 0 {
		return fmt.Sprintf("in the Workflow Task of event %d", task)
	}
	return "in its next Workflow Task"
}

// endingOf says how the code closes the execution.
func endingOf(a *cause.Ahead) string {
	text := map[string]string{
		"Completed": "completes", "Failed": "fails for good", "Canceled": "ends as cancelled",
		"ContinuedAsNew": "continues as new", "Terminated": "is terminated by the service",
	}[a.Ending]
	if text == "" {
		text = "closes as " + a.Ending
	}
	switch {
	case a.Result != "":
		text += " with " + a.Result
	case a.Text != "":
		text += fmt.Sprintf(" (%s)", a.Text)
	}
	return text
}

// aheadCure is what to do. GetVersion that is reached first after the wait gives the newest version,
// so it protects no execution that waits there, and none that has not begun.
func aheadCure(c cause.Cause) string {
	switch {
	case failsItself(c):
		return "mend the code; such executions stay open until a Worker has code that does not fail"
	case c.Ahead.News == string(rehearse.FirstTask):
		return "keep the old code under this workflow type, and give new executions another one"
	default:
		return "keep what the code did there for executions that wait there now: call GetVersion before that " +
			"wait, where they have passed already, or give new executions another workflow type"
	}
}

// failsItself reports whether the workflow code panics, or does not yield.
func failsItself(c cause.Cause) bool {
	return c.Kind == cause.StuckAhead && !c.Ahead.Refused && c.Ahead.Failure == unhandledFailure
}

// unhandledFailure is how the service names the cause.
const unhandledFailure = "WorkflowWorkerUnhandledFailure"

// aheadCode has two places: that of the call, and the one where the code does otherwise.
func aheadCode(r replay.Result) string {
	a := r.Cause.Ahead
	if failsItself(r.Cause) || a.News == string(rehearse.FirstTask) {
		return ""
	}
	now := a.Now
	if a.Ending != "" {
		now = endingOf(a)
	}
	place := behind(r.Place.Source, r.Place.Callers, r.Place.Near)
	return fmt.Sprintf("// before that wait, where such executions have passed already\n"+
		"v := workflow.GetVersion(ctx, %q, workflow.DefaultVersion, 1)\n// where the code does otherwise%s\n"+
		"if v == workflow.DefaultVersion {\n\t// as before: %s\n} else {\n\t// as now: %s\n}", aheadChangeID(r), place,
		inComment(a.Recorded, "what the code did"), inComment(now, "what the code does"))
}

func inComment(text, otherwise string) string {
	return shortened(inOneLine(cmp.Or(text, otherwise)), longestInCode)
}
