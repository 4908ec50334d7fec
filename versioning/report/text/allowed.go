package text

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// allowed lists the rules that have allowed a difference, with their reasons.
func (b *writer) allowed(m *matrix.Matrix) {
	written := false
	for _, use := range matrix.Allowed(m) {
		if use.Cells == 0 {
			continue
		}
		if !written {
			b.Printf("Differences that a rule allows:\n")
			written = true
		}
		cells := "cells"
		if use.Cells == 1 {
			cells = "cell"
		}
		b.Printf("  %d %s  %s\n", use.Cells, cells,
			prose.Wrap(use.Rule.String()+": "+use.Rule.Reason, b.Width, 12))
	}
	if written {
		b.Printf("\n")
	}
}
