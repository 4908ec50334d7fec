package finding

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Fate is what becomes of the execution of a cell, in the one word that a cell has room for: the worst of its
// waiting points. It comes from what live Workers do next, and where nothing was rehearsed from the replay.
type Fate string

// The fates, the worst first.
const (
	// Completes and Closes close the execution without a word, and Fails fails it.
	Completes Fate = "completes"
	Closes    Fate = "closes"
	Fails     Fate = "fails"
	// Waits waits for what has come already, or for what never comes.
	Waits Fate = "waits"
	// LeavesUnread goes on without a signal that came, GetsError with an error in the place of a value, and
	// GetsZero with a zero value.
	LeavesUnread Fate = "unread"
	GetsError    Fate = "error"
	GetsZero     Fate = "zero"
	// GetsStuck fails its Workflow Task again and again, StuckUnlessClosing if that task does not close the
	// execution, and StuckByChance now and then.
	GetsStuck          Fate = "stuck"
	StuckUnlessClosing Fate = "stuck?"
	StuckByChance      Fate = "chance"
	// DoesOtherwise goes on and does something else than was recorded.
	DoesOtherwise Fate = "changes"
	// StaysSame does what was recorded at each waiting point. Only a Workflow Task that closes the execution does
	// something else, and is not compared.
	StaysSame Fate = "as recorded"
	// FateUnknown is said where the verdict is all that is known, and where all is well.
	FateUnknown Fate = ""
)

var fates = []Fate{
	Completes, Closes, Fails, Waits, LeavesUnread, GetsError, GetsZero, GetsStuck, StuckUnlessClosing, StuckByChance,
	DoesOtherwise, StaysSame,
}

// Fates returns all fates that are known, the worst first.
func Fates() []Fate { return slices.Clone(fates) }

// CompareFates orders fates, the worst first.
func CompareFates(a, b Fate) int { return cmp.Compare(rank(a), rank(b)) }

func rank(f Fate) int {
	if i := slices.Index(fates, f); i >= 0 {
		return i
	}
	return len(fates)
}

var fatesByNotice = map[cause.Notice]Fate{
	cause.NoticedAtOnce: GetsStuck, cause.NoticedUnlessClosing: StuckUnlessClosing, cause.NoticedByChance: StuckByChance,
	cause.NeverNoticed: DoesOtherwise, cause.FailsExecution: Fails, cause.WaitsUnnoticed: Waits,
	cause.LeftUnnoticed: LeavesUnread, cause.ErrorInCode: GetsError, cause.ZeroInCode: GetsZero,
	cause.ClosesUnnoticed: Closes,
}

// FateOf returns what becomes of the execution of the cell.
func FateOf(c matrix.Cell) Fate {
	switch {
	case c.Verdict == replay.Drift:
		return DoesOtherwise
	case c.Verdict.Incompatible() && c.Effects.AsRecorded():
		return StaysSame
	case c.Verdict.Incompatible() && harmless(c.Effects):
		return DoesOtherwise
	case c.Verdict.Incompatible():
		if c.Cause.Notice == cause.ClosesUnnoticed && completes(c) {
			return Completes
		}
		return fatesByNotice[c.Cause.Notice]
	case c.Verdict != replay.Unjudged && c.Verdict != replay.NotApplicable && c.ButLive():
		return likelyFate(c.Effects)
	default:
		return FateUnknown
	}
}

// harmless reports whether it is known of every waiting point that nothing breaks there.
func harmless(e rehearse.Effects) bool {
	return len(e.List) > 0 && e.Rehearsed == e.Points && !slices.ContainsFunc(e.List, func(one rehearse.Effect) bool {
		return one.Breaks || one.Kind == rehearse.Stuck || one.Kind == rehearse.Unknown
	})
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
	return map[rehearse.Kind]Fate{
		rehearse.Stuck: GetsStuck, rehearse.Closes: Closes, rehearse.Hangs: Waits,
	}[e.List[i].Kind]
}

// A FateCount is a number of executions that have a fate.
type FateCount struct {
	Fate  Fate
	Count int
}

// CountFate adds n to the count of the fate. The list has the worst first.
func CountFate(list []FateCount, f Fate, n int) []FateCount {
	if f == FateUnknown {
		return list
	}
	i, found := slices.BinarySearchFunc(list, f, func(c FateCount, f Fate) int { return CompareFates(c.Fate, f) })
	if !found {
		list = slices.Insert(list, i, FateCount{Fate: f})
	}
	list[i].Count += n
	return list
}
