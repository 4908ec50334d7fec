package edit

import "github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"

// A place is where a step is.
type place struct {
	block *[]program.Step
	index int
	// depth is the number of blocks around the step.
	depth int
}

func (p place) step() *program.Step { return &(*p.block)[p.index] }

// places returns the places of all steps of the program that can run.
func (e *editor) places() []place { return below(nil, &e.change.Program.Steps, 0) }

func below(places []place, block *[]program.Step, depth int) []place {
	for i := range *block {
		places = append(places, place{block, i, depth})
		blocks := (*block)[i].Blocks
		for j := range blocks {
			places = below(places, &blocks[j], depth+1)
		}
	}
	return places
}
