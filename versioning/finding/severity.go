package finding

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

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
	// Lost is an execution that closes or fails, or waits for what has come already.
	Lost
)

// severityOf is that of the verdict: None where it lets the stage meet the execution, and
// where nothing is known. When a live Worker notices tells the others apart.
func severityOf(r replay.Result) Severity {
	switch {
	case r.Verdict == replay.Drift:
		return Changed
	case !r.Verdict.Incompatible():
		return None
	}
	switch r.Cause.Notice {
	case cause.ClosesUnnoticed, cause.FailsExecution, cause.WaitsUnnoticed, cause.LeftUnnoticed, cause.ErrorInCode:
		return Lost
	case cause.NeverNoticed:
		return Changed
	default:
		return Stuck
	}
}
