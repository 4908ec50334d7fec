package text

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// belowCell is the indent of what is said below the line of a cell.
const belowCell = "              "

// safeButLive lists the cells that replay and of which a live Worker makes something else.
func (b *writer) safeButLive(m *matrix.Matrix) {
	cells := told.ButLive(m)
	if len(cells) == 0 {
		return
	}
	b.Printf("%s:\n", told.ButLiveTitle)
	for _, c := range cells {
		b.Printf("  %s  %s\n", b.Verdict(c.Verdict, replay.MaxSymbol), c)
		if text := told.Live(c); text != "" {
			b.Printf("%s%s\n", belowCell, prose.Wrap(text, b.Width, len(belowCell)))
		}
	}
	b.Printf("\n")
}
