package finding

import (
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A Lineage is whose executions something is about: the stages that ran them, and the
// versions that their Worker was made to record. It is zero where the last stage is none of
// the family, as with histories that were downloaded.
type Lineage struct {
	Stages    []string
	Preferred map[string]int
}

// Known reports whether the code that ran the executions is a stage of the family.
func (l Lineage) Known() bool { return len(l.Stages) > 0 }

// key tells lineages apart.
func (l Lineage) key() string { return fmt.Sprintf("%q %v", l.Stages, l.Preferred) }

// lineageOf returns that of the row, and the index of the stage that ran it last, -1 if that
// is unknown.
func lineageOf(f *versioning.Family, row matrix.Row) (l Lineage, last int) {
	n := len(row.Lineage)
	if n == 0 {
		return Lineage{}, -1
	}
	last = slices.IndexFunc(f.Stages, func(s versioning.Stage) bool { return s.Name == row.Lineage[n-1] })
	if last < 0 {
		return Lineage{}, -1
	}
	return Lineage{row.Lineage, row.Preferred}, last
}

// Way is how executions get to the stage of a cell, in the order in which a person asks.
type Way int

// The ways. An execution of no known stage can meet any deploy.
const (
	ByDeploy Way = iota
	ByOwn
	ByRollback
)

func wayTo(from, to int) Way {
	switch {
	case from < to:
		return ByDeploy
	case from == to:
		return ByOwn
	default:
		return ByRollback
	}
}
