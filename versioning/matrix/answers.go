package matrix

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Change is a query that is answered otherwise than before.
type Change struct {
	// Was is the answer of the stage that ran the execution last, Now that of the
	// cell's stage.
	Was, Now replay.Answer
}

// Changes returns the queries to which the cell answers otherwise than the stage
// that ran the execution last: the SDK accepts the code, and what it does has
// changed. A query that only one of both stages answers says nothing, and neither
// does a cell of a row that was not judged by that stage.
func (r Row) Changes(c Cell) (changes []Change) {
	i := slices.IndexFunc(r.Cells, func(own Cell) bool {
		return len(r.Lineage) > 0 && own.Stage == r.Lineage[len(r.Lineage)-1]
	})
	if i < 0 {
		return nil
	}
	for _, now := range c.Answers {
		for _, was := range r.Cells[i].Answers {
			if was.Query == now.Query && was != now {
				changes = append(changes, Change{Was: was, Now: now})
			}
		}
	}
	return changes
}
