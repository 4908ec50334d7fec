package finding

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Answer is what a deploy, a rollback, or the code of a cell does to executions.
type Answer int

// The answers, the worst last.
const (
	// NotAsked is that there is no such transition, or nothing that could tell.
	NotAsked Answer = iota
	// Unbegun is an execution of which no Workflow Task has completed: it tells nothing.
	Unbegun
	// Safe replays.
	Safe
	// Pinned is an execution that Worker Versioning keeps on another build.
	Pinned
	// Doubted replays, with notes that the history alone cannot settle.
	Doubted
	// Otherwise replays, and answers a query otherwise than the code that ran the execution.
	Otherwise
	// Unknown could not be judged.
	Unknown
	// Changes replays, and does something else than was recorded.
	Changes
	// Breaks does not replay.
	Breaks
)

// Answers returns all answers, the worst first.
func Answers() []Answer {
	return []Answer{Breaks, Changes, Unknown, Otherwise, Doubted, Pinned, Safe, Unbegun, NotAsked}
}

// AnswerTo is what the code of the cell does to the execution of the row.
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

// AnswerOf is what the verdict alone tells of code that meets the execution.
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
