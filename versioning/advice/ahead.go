package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// ahead says what a live Worker does with the next Workflow Task, where a replay shows nothing.
func ahead(c cause.Cause) string {
	a := c.Ahead
	switch c.Kind {
	case cause.StuckAhead:
		by := "fails"
		if a.Refused {
			by = "is refused by the service"
		}
		text := fmt.Sprintf("%s, the Workflow Task %s (%s)", when(a.News), by, a.Failure)
		if task := strings.TrimPrefix(when(a.News), "in its "); task != when(a.News) {
			text = fmt.Sprintf("its %s %s (%s)", task, by, a.Failure)
		}
		if a.Text != "" {
			text += ": " + a.Text
		}
		return text
	case cause.ClosesAhead:
		if a.Ending == "" {
			return fmt.Sprintf("%s, the code goes on; the code that ran the execution has %s there", when(a.News),
				orNothing(a.Recorded))
		}
		text := fmt.Sprintf("%s, the code %s", when(a.News), endingOf(a))
		if a.Recorded == "" {
			return text + "; the code that ran the execution goes on there"
		}
		return fmt.Sprintf("%s; the code that ran the execution has %s there", text, a.Recorded)
	default:
		return fmt.Sprintf("%s, the code does nothing, and nothing will come by itself; the code that ran the "+
			"execution has %s there", when(a.News), orNothing(a.Recorded))
	}
}

// when says what brings the task.
func when(news string) string {
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
	default:
		return "in its next Workflow Task"
	}
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

// aheadCure is what to do: GetVersion that is reached first after the wait gives the newest version,
// so it protects no execution that waits there.
const aheadCure = "keep what the code did there for executions that wait there now: call GetVersion where they " +
	"have passed already, or give new executions another workflow type"
