package finding

import "github.com/replaymatrix/replaymatrix/versioning/replay"

// Severity is how bad a Finding is: the one scale for all.
type Severity int

// The severities, the worst last.
const (
	// None is no finding, and what could not be judged.
	None Severity = iota
	// Note is worth a look: the history alone does not tell whether it is bad.
	Note
	// Changed is an execution that goes on and does something else than was recorded.
	Changed
	// Stuck is an execution that stays open and does not go on until a Worker has other code.
	Stuck
	// Lost is an execution that closes or fails, and that nobody can take back.
	Lost
)

// severityOf is that of the verdict: None where it lets the stage meet the execution, and
// where nothing is known. What a lost execution has for its own is read from when a live
// Worker notices, which only an explained cell tells; all others are taken for stuck.
func severityOf(r replay.Result) Severity {
	switch {
	case r.Verdict == replay.Drift:
		return Changed
	case !r.Verdict.Incompatible():
		return None
	case r.Explanation == nil:
		return Stuck
	}
	switch r.Explanation.Notice {
	case replay.ClosesUnnoticed, replay.FailsExecution:
		return Lost
	default:
		return Stuck
	}
}
