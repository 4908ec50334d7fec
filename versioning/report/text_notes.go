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
	b.printf("Notes, which change no verdict:\n")
	for _, line := range lines {
		b.printf("  %s\n", prose.Wrap(line, Width, 2))
	}
	b.printf("\n")
}
