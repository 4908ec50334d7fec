package told

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Fate is what becomes of an execution that meets a stage, in the one word that a cell has room for.
type Fate string

// FateUnknown is said where the verdict is all that is known, and where all is well.
const FateUnknown Fate = ""

// fateWords are the sentences of each, the worst first.
var fateWords = []struct {
	fate      Fate
	one, many string
}{
	{"completes", "completes silently", "complete silently"},
	{"closes", "closes silently", "close silently"},
	{"fails", "fails for good", "fail for good"},
	{"waits", "waits for ever", "wait for ever"},
	{"unread", "leaves a signal unread", "leave a signal unread"},
	{"error", "gets an error where a value was", "get an error where a value was"},
	{"zero", "goes on with a zero value", "go on with a zero value"},
	{"stuck", "gets stuck", "get stuck"},
	{"stuck?", "gets stuck unless it closes", "get stuck unless they close"},
	{"chance", "gets stuck by chance", "get stuck by chance"},
	{"changes", "does something else", "do something else"},
}

func (f Fate) rank() int {
	for i, words := range fateWords {
		if words.fate == f {
			return len(fateWords) - i
		}
	}
	return 0
}

func (f Fate) says(n int) string {
	for _, words := range fateWords {
		switch {
		case words.fate == f && n == 1:
			return words.one
		case words.fate == f:
			return words.many
		}
	}
	return string(f)
}

// Says is the Fate as words after "it", empty if it is not known.
func (f Fate) Says() string { return f.says(1) }

// Fates returns those that are known, the worst first.
func Fates() (list []Fate) {
	for _, words := range fateWords {
		list = append(list, words.fate)
	}
	return list
}

// fates are those of each notice.
var fates = map[cause.Notice]Fate{
	cause.NoticedAtOnce: "stuck", cause.NoticedUnlessClosing: "stuck?", cause.NoticedByChance: "chance",
	cause.NeverNoticed: "changes", cause.FailsExecution: "fails", cause.WaitsUnnoticed: "waits",
	cause.LeftUnnoticed: "unread", cause.ErrorInCode: "error", cause.ZeroInCode: "zero",
	cause.ClosesUnnoticed: "closes",
}

// FateOf returns what becomes of the execution of the cell.
func FateOf(c matrix.Cell) Fate {
	switch {
	case c.Verdict == replay.Drift:
		return "changes"
	case c.Verdict.Incompatible():
		if c.Cause.Notice == cause.ClosesUnnoticed && completes(c) {
			return "completes"
		}
		return fates[c.Cause.Notice]
	case IsGood(c.Verdict) && c.ButLive():
		return likelyFate(c.Effects)
	default:
		return FateUnknown
	}
}

// completes reports whether each way in which the execution closes is that it completes.
func completes(c matrix.Cell) bool {
	const completed = "Completed"
	if a := c.Cause.Ahead; a != nil && a.Ending != "" {
		return a.Ending == completed
	}
	some := false
	for _, e := range c.Effects.List {
		if e.Breaks && e.Kind == rehearse.Closes {
			if e.Ending != completed {
				return false
			}
			some = true
		}
	}
	return some
}

// likelyFate is that of an execution which replays, and of which a live Worker makes something else.
func likelyFate(e rehearse.Effects) Fate {
	i := slices.IndexFunc(e.List, rehearse.Effect.Notable)
	if i < 0 {
		return FateUnknown
	}
	return map[rehearse.Kind]Fate{rehearse.Stuck: "stuck", rehearse.Closes: "closes", rehearse.Hangs: "waits"}[e.List[i].Kind]
}
