package finding

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Severity says how bad a Finding is. All findings use this one scale.
type Severity int

// The severities, from the mildest to the worst.
const (
	// None means that there is no finding, or that the cell could not be judged.
	None Severity = iota
	// Note means worth a look: the history alone does not tell whether the execution breaks.
	Note
	// Changed means that the execution goes on and does something else than was recorded.
	Changed
	// Stuck means that the execution stays open. It does not go on until a Worker has other code.
	Stuck
	// Lost means that the execution closes or fails, waits for something that has already come, or
	// goes on without a value.
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
	case cause.ClosesUnnoticed, cause.FailsExecution, cause.WaitsUnnoticed, cause.LeftUnnoticed, cause.ErrorInCode,
		cause.ZeroInCode:
		return Lost
	case cause.NeverNoticed:
		return Changed
	default:
		return Stuck
	}
}
