package told

import (
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// HasFindings reports whether the cell has something that the history alone cannot settle.
func HasFindings(c matrix.Cell) bool { return len(c.Findings()) > 0 }

// IsGood reports whether the verdict allows the stage to get the execution.
func IsGood(v replay.Verdict) bool {
	return !v.Incompatible() && v != replay.Unjudged && v != replay.NotApplicable
}

// WithFindings is the number of cells that have findings.
func WithFindings(m *matrix.Matrix) (cells int) {
	for c := range m.Cells() {
		if HasFindings(c) {
			cells++
		}
	}
	return cells
}

// WithNotes is the number of cells that have notes which are no findings.
func WithNotes(m *matrix.Matrix) (cells int) {
	for c := range m.Cells() {
		if slices.ContainsFunc(c.Notes, func(n replay.Note) bool { return !n.Kind.Finding() }) {
			cells++
		}
	}
	return cells
}

const (
	// FindingSign follows the verdict of a cell with findings, in grids.
	FindingSign = "*"
	// FindingsDoc says what the sign means.
	FindingsDoc = "the history alone cannot tell whether it breaks the execution"
)

// NoteCounts says how many cells have notes, one line for each kind of note. Kinds that are
// findings are left out. Cells that could not be rehearsed come last.
func NoteCounts(m *matrix.Matrix) (lines []string) {
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
	return append(lines, NotRehearsed(m)...)
}

// HasIncompatible reports whether a stage of the matrix breaks an execution.
func HasIncompatible(m *matrix.Matrix) bool {
	for c := range m.Cells() {
		if c.Verdict.Incompatible() {
			return true
		}
	}
	return false
}
