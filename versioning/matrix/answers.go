package matrix

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Change is a query whose answer has changed.
type Change struct {
	// Was is the answer of the stage that ran the execution last. Now is the answer of the cell's
	// stage.
	Was, Now replay.Answer
}

// Changes returns the queries that the cell answers differently from the stage that ran the
// execution last. The SDK accepts such code, but its behavior has changed. A query does not count
// if only one of the two stages answers it. Changes returns nothing if the row has no cell of the
// stage that ran the execution last.
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
