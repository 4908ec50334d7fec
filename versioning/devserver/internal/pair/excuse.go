package pair

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// An Excuse is why nobody can know what the new Worker's first Workflow Task does before it is done.
type Excuse struct {
	Name  string
	holds func(*Swapped) bool
}

// Excuses are all there are. They were written before the first comparison, and there are at most
// eight. A pair that one of them excuses is not compared.
var Excuses = []Excuse{
	{"it runs a local activity, whose result the history does not have",
		func(s *Swapped) bool { return slices.Contains(s.Ran, program.LocalActivity) }},
	{"it runs the function of a SideEffect, whose value the history does not have",
		func(s *Swapped) bool { return slices.Contains(s.Ran, program.SideEffect) }},
	{"it runs the function of a MutableSideEffect, whose value now the history does not have",
		func(s *Swapped) bool { return slices.Contains(s.Ran, program.MutableSideEffect) }},
	{"it rejects an update, and no event tells of it",
		func(s *Swapped) bool { return s.Untold }},
}

// ExcusedBy returns the first excuse that holds, or "".
func (s *Swapped) ExcusedBy() string {
	for _, e := range Excuses {
		if e.holds(s) {
			return e.Name
		}
	}
	return ""
}
