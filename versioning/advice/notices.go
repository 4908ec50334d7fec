package advice

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// onlyReplayer reports whether the SDK's replayer has said something that no live Worker says.
func onlyReplayer(r replay.Result) bool {
	return r.SDKErr != nil && r.Cause.Notice == cause.NeverNoticed
}

const replayerNotices = "The SDK's replayer alone. No live Worker does: it does not compare the Workflow Task in which " +
	"the code closes the execution, nor how it closes. What the history holds stays as it was, what comes after it " +
	"follows the new code, and no error is logged."

// Notices says what a live Worker notices. docs/live.md describes the layers that can notice a
// change.
func Notices(n cause.Notice) string {
	switch n {
	case cause.NoticedAtOnce:
		return "A live Worker: it fails the Workflow Task that gets to this place, again and again, " +
			"and the execution is stuck until fitting code comes."
	case cause.NoticedUnlessClosing:
		return "A live Worker, unless the code closes the execution in that Workflow Task: it fails the task, again and " +
			"again, and the execution is stuck until fitting code comes. Where the code closes it, nothing is checked: it " +
			"closes, perhaps with a wrong result, and no error is logged."
	case cause.NeverNoticed:
		return "No live Worker, ever: the SDK does not compare this. What the history holds stays as it was, what " +
			"comes after it follows the new code, and no error is logged."
	case cause.ClosesUnnoticed:
		return "Nobody: in its next Workflow Task the execution closes, and no error is logged. If an event arrives " +
			"during that task, the service has it tried again with the event."
	case cause.FailsExecution:
		return "Whoever looks at the execution: its next Workflow Task fails it, for good."
	case cause.WaitsUnnoticed:
		return "Nobody: no Workflow Task fails, and the execution waits on. If the SDK has dropped a signal, the Worker's " +
			"log has a line."
	case cause.LeftUnnoticed:
		return "Nobody: no Workflow Task fails. The signal stays unread until the code receives it; if the execution closes " +
			"before that, it is lost, with a warning in the Worker's log."
	case cause.ErrorInCode:
		return "The code alone: it gets an error where there was a value. No Workflow Task fails for that."
	case cause.ZeroInCode:
		return "Nobody: the code gets the zero value, without an error, and goes on with it."
	case cause.NoticedByChance:
		return "A live Worker, whenever it replays the execution and the code happens to do something else than " +
			"before, if the SDK compares that. On the Worker that keeps it in its cache all goes well for as long " +
			"as it stays there."
	}
	return ""
}
