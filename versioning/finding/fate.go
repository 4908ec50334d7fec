package finding

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// Fate is what becomes of an execution whose cell is incompatible, as far as it is known: the worst of its
// waiting points. It comes from what live Workers do next, and where nothing was rehearsed from the replay.
type Fate string

// The fates, the worst first.
const (
	// Completes, Fails and Closes close the execution. Nobody is told of it.
	Completes Fate = "completes"
	Fails     Fate = "fails"
	Closes    Fate = "closes"
	// Starves waits for what has come already, or for what never comes.
	Starves Fate = "starves"
	// Misled goes on without what it was sent: a signal that is left, a zero value, an error in the place of
	// a value.
	Misled Fate = "misled"
	// GetsStuck fails its Workflow Task again and again.
	GetsStuck Fate = "stuck"
	// GoesOn does something else than was recorded.
	GoesOn Fate = "goes on"
	// StaysSame does what was recorded at each waiting point: only a Workflow Task that closes the execution
	// does something else.
	StaysSame Fate = "stays the same"
)

var fates = []Fate{Completes, Fails, Closes, Starves, Misled, GetsStuck, GoesOn, StaysSame}

// FateOf returns what becomes of the execution. It is "" for a cell that is not incompatible.
func FateOf(c matrix.Cell) Fate {
	if !c.Verdict.Incompatible() {
		return ""
	}
	switch {
	case c.Effects.AsRecorded():
		return StaysSame
	case harmless(c.Effects):
		return GoesOn
	}
	switch c.Cause.Notice {
	case cause.ClosesUnnoticed:
		return closesAs(c.Effects)
	case cause.FailsExecution:
		return Fails
	case cause.WaitsUnnoticed:
		return Starves
	case cause.LeftUnnoticed, cause.ErrorInCode, cause.ZeroInCode:
		return Misled
	case cause.NeverNoticed:
		return GoesOn
	}
	if severityOf(c.Result) == Changed {
		return GoesOn
	}
	return GetsStuck
}

// harmless reports whether it is known of every waiting point that nothing breaks there.
func harmless(e rehearse.Effects) bool {
	return len(e.List) > 0 && e.Rehearsed == e.Points && !slices.ContainsFunc(e.List, func(one rehearse.Effect) bool {
		return one.Breaks || one.Kind == rehearse.Stuck || one.Kind == rehearse.Unknown
	})
}

// closesAs is Completes only where it is known that all do.
func closesAs(effects rehearse.Effects) Fate {
	fate := Closes
	for _, e := range effects.List {
		switch {
		case !e.Breaks || e.Kind != rehearse.Closes || e.Ending == "":
		case e.Ending == "Completed":
			fate = Completes
		default:
			return Closes
		}
	}
	return fate
}

// A FateCount is a number of executions that have a fate.
type FateCount struct {
	Fate  Fate
	Count int
}

// fateCounts counts, and gives the worst first.
type fateCounts []FateCount

func (l *fateCounts) add(f Fate) {
	if f == "" {
		return
	}
	i, found := slices.BinarySearchFunc(*l, f, func(c FateCount, f Fate) int {
		return cmp.Compare(slices.Index(fates, c.Fate), slices.Index(fates, f))
	})
	if !found {
		*l = slices.Insert(*l, i, FateCount{Fate: f})
	}
	(*l)[i].Count++
}

// Fates returns all fates, the worst first.
func Fates() []Fate { return slices.Clone(fates) }
