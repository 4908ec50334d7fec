package finding

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Answer says what a deploy, a rollback, or the code of a cell does to executions.
type Answer int

// The answers, from the best to the worst.
const (
	// NotAsked means that there is no such transition, or that no recording could answer.
	NotAsked Answer = iota
	// Unbegun means that no Workflow Task of the execution has completed. Such an execution proves
	// nothing.
	Unbegun
	// Safe means that the execution replays.
	Safe
	// Pinned means that Worker Versioning keeps the execution on another build.
	Pinned
	// Doubted means that the execution replays, with notes that the history alone cannot settle.
	Doubted
	// Otherwise means that the execution replays, and that the code answers a query differently
	// from the code that ran the execution.
	Otherwise
	// Unknown means that the execution could not be judged.
	Unknown
	// Changes means that the execution goes on, and that the code does something else than was
	// recorded.
	Changes
	// Breaks means that the execution does not replay.
	Breaks
)

// Answers returns all answers, the worst first.
func Answers() []Answer {
	return []Answer{Breaks, Changes, Unknown, Otherwise, Doubted, Pinned, Safe, Unbegun, NotAsked}
}

// AnswerTo returns what the code of the cell does to the execution of the row.
func AnswerTo(row matrix.Row, c matrix.Cell) Answer {
	switch {
	case !matrix.Proves(c):
		return Unbegun
	case c.Verdict == replay.NotApplicable:
		return Pinned
	}
	switch a := AnswerOf(c.Result); {
	case a != Safe:
		return a
	case len(row.Changes(c)) > 0:
		return Otherwise
	case len(c.Findings()) > 0:
		return Doubted
	default:
		return Safe
	}
}

// AnswerOf returns what the verdict and its cause alone say about code that meets the execution.
func AnswerOf(r replay.Result) Answer {
	return answerTo(severityOf(r), r.Verdict)
}

func answerTo(severity Severity, verdict replay.Verdict) Answer {
	switch {
	case severity >= Stuck:
		return Breaks
	case severity == Changed:
		return Changes
	case verdict == replay.Unjudged:
		return Unknown
	default:
		return Safe
	}
}

// movedAnswer is what the code of a pinned cell would do if the execution were moved to it.
func movedAnswer(c matrix.Cell) Answer {
	return AnswerOf(replay.Result{Verdict: cmp.Or(c.Moved, replay.Unjudged), Cause: c.Cause})
}
