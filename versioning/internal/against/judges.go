package against

import (
	"iter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// judgedBy is the test that judges a cell, and what it calls the recording and the stage.
type judgedBy struct {
	side      *side
	test      *tested
	recording *exchange.Recording
	// own is whether the recording is one of the test's, and folder where it is.
	own    bool
	folder string
	stage  string
}

// judges has the cells of the pair by the names that they have in the matrix.
func (r *run) judges(p *pair, family string) iter.Seq2[matrix.Cell, judgedBy] {
	return func(yield func(matrix.Cell, judgedBy) bool) {
		for _, e := range p.entries {
			for _, of := range []struct {
				side            *side
				test, other     *tested
				mine, elsewhere *exchange.Recording
			}{{r.there, p.there, p.here, e.there, e.here}, {r.here, p.here, p.there, e.here, e.there}} {
				if of.test == nil {
					continue
				}
				by := judgedBy{side: of.side, test: of.test}
				by.recording, by.own = e.judged(of.mine, of.elsewhere)
				from := of.test
				if !by.own {
					from = of.other
				}
				by.folder = from.recorded()
				for _, stage := range r.stages(of.test) {
					by.stage = stage.Name
					cell := matrix.Cell{Family: family, Recording: e.name, Stage: r.column(of.side, stage.Name)}
					if !yield(cell, by) {
						return
					}
				}
			}
		}
	}
}

// recorded is the folder with the recordings of the test.
func (t *tested) recorded() string {
	if t == nil || t.in == nil {
		return ""
	}
	return exchange.Recorded(t.in.exchange, t.ID)
}
