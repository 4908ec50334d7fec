package text

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// live writes below a cell what a live worker did unlike the verdict.
func (b *writer) live(m *matrix.Matrix, c matrix.Cell) {
	for _, o := range m.Contradictions(c) {
		b.Printf("%s%s\n", belowCell, prose.Wrap(told.Live(o), terminal.Width, len(belowCell)))
	}
}

// safeButLive lists the cells that replay and that a live worker did not take.
func (b *writer) safeButLive(m *matrix.Matrix) {
	written := false
	for c := range m.Cells() {
		if c.Verdict.Incompatible() || c.Verdict == replay.Unjudged || len(m.Contradictions(c)) == 0 {
			continue
		}
		if !written {
			b.Printf("A live Worker did not do what the replay says:\n")
			written = true
		}
		b.Printf("  %s  %s\n", b.Verdict(c.Verdict, replay.MaxSymbol), c)
		b.live(m, c)
	}
	if written {
		b.Printf("\n")
	}
}
