package text

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// noteCounts says how often there is a note that is no finding: each of them is in the
// story of its cell.
func (b *writer) noteCounts(m *matrix.Matrix) {
	lines := told.NoteCounts(m)
	if len(lines) == 0 {
		return
	}
	b.Printf("Notes, which change no verdict:\n")
	for _, line := range lines {
		b.Printf("  %s\n", prose.Wrap(line, b.Width, 2))
	}
	b.Printf("\n")
}

// unused lists the names of code that no replay uses, once for all stages that have the
// same.
func (b *writer) unused(m *matrix.Matrix) {
	lines := told.Unused(m)
	if len(lines) == 0 {
		return
	}
	b.Printf("No replay uses:\n")
	for _, line := range lines {
		b.Printf("  %s\n", prose.Wrap(line.StagesText(prose.Plain)+": "+line.What, b.Width, 4))
	}
	b.Printf("\n")
}
