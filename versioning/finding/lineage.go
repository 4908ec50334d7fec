package finding

import (
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A Lineage says where executions come from: the stages that ran them, and the versions that their
// Worker was made to record. It is zero if the last stage is not a stage of the family. Downloaded
// histories have a zero Lineage.
type Lineage struct {
	Stages    []string
	Preferred map[string]int
}

// Known reports whether the code that ran the executions is a stage of the family.
func (l Lineage) Known() bool { return len(l.Stages) > 0 }

// An origin is where the execution of a row comes from.
type origin struct {
	Lineage
	// key tells lineages apart.
	key string
	// stage is the index of the one that ran the execution last, -1 if that is unknown.
	stage int
}

func originOf(f *versioning.Family, row matrix.Row) origin {
	if n := len(row.Lineage); n > 0 {
		if last := indexOf(f, row.Lineage[n-1]); last >= 0 {
			key := fmt.Sprintf("%q %v", row.Lineage, row.Preferred)
			return origin{Lineage{row.Lineage, row.Preferred}, key, last}
		}
	}
	return origin{stage: -1}
}

func indexOf(f *versioning.Family, stage string) int {
	return slices.IndexFunc(f.Stages, func(s versioning.Stage) bool { return s.Name == stage })
}

// Way says how executions get to the stage of a cell. The ways are in the order in which a person
// asks about them.
type Way int

// The ways. An execution whose stage is unknown can meet any deploy.
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
