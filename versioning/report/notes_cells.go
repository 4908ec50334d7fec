package report

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// hasFindings reports whether there is something in the cell that the history alone
// cannot settle.
func hasFindings(c matrix.Cell) bool { return len(c.Findings()) > 0 }

// isGood is whether the verdict lets the stage meet the execution.
func isGood(v replay.Verdict) bool {
	return !v.Incompatible() && v != replay.Unjudged && v != replay.NotApplicable
}

// withFindings is the number of cells that have some.
func withFindings(m *matrix.Matrix) (cells int) {
	for c := range m.Cells() {
		if hasFindings(c) {
			cells++
		}
	}
	return cells
}

const (
	// findingSign is behind the verdict of a cell with findings, in grids.
	findingSign = "*"
	// findingsDoc says what the sign means.
	findingsDoc = "the history alone cannot tell whether it breaks the execution"
)

// noteCounts says of how many cells there is a note of each kind that is no finding.
func noteCounts(m *matrix.Matrix) (lines []string) {
	cells := map[replay.NoteKind]int{}
	for c := range m.Cells() {
		kinds := map[replay.NoteKind]bool{}
		for _, n := range c.Notes {
			kinds[n.Kind] = true
		}
		for kind := range kinds {
			cells[kind]++
		}
	}
	for _, info := range replay.Notes() {
		if n := cells[info.Kind]; n > 0 && !info.Finding {
			lines = append(lines, fmt.Sprintf("%s in %s: %s", info.Kind, prose.Plural(n, "cell"), info.Doc))
		}
	}
	return lines
}

func hasIncompatible(m *matrix.Matrix) bool {
	for c := range m.Cells() {
		if c.Verdict.Incompatible() {
			return true
		}
	}
	return false
}
