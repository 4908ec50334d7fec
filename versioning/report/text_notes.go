package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// noteCounts says how often there is a note that is no finding: each of them is in the
// story of its cell.
func (b *textWriter) noteCounts(m *matrix.Matrix) {
	lines := noteCounts(m)
	if len(lines) == 0 {
		return
	}
	b.Printf("Notes, which change no verdict:\n")
	for _, line := range lines {
		b.Printf("  %s\n", prose.Wrap(line, Width, 2))
	}
	b.Printf("\n")
}

// unused lists the names of code that no replay uses, once for all stages that have the
// same.
func (b *textWriter) unused(m *matrix.Matrix) {
	lines := unusedLines(m)
	if len(lines) == 0 {
		return
	}
	b.Printf("No replay uses:\n")
	for _, line := range lines {
		b.Printf("  %s\n", prose.Wrap(line.stagesText(prose.Plain)+": "+line.what, Width, 4))
	}
	b.Printf("\n")
}
