package report

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// hasFindings reports whether there is something in the cell that the history alone
// cannot settle.
func hasFindings(c matrix.Cell) bool { return len(c.Findings()) > 0 }

// isDoubtful reports whether the cell has findings and a verdict that says nothing bad: an
// execution that replays, and that nobody should call safe without a word.
func isDoubtful(c matrix.Cell) bool { return isGood(c.Verdict) && hasFindings(c) }

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

// A notedCell is a cell of a group, with what is noted in it.
type notedCell struct {
	cell  matrix.Cell
	noted noted
}

// place is where in the history and the code it is.
func (n notedCell) place() string {
	var parts []string
	for _, part := range []string{n.noted.at(), plain(n.noted.source)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// A notedGroup is what is noted in several cells.
type notedGroup struct {
	kind replay.NoteKind
	// text is that of the first cell.
	text string
	// differs is whether others have another one.
	differs bool
	cells   []notedCell
}

// saidAlike is what notes have in common about which a person has to know once: of a value
// that is read somewhere the line of code says it, as executions differ in the value.
type saidAlike struct {
	kind                      replay.NoteKind
	name, source, stage, text string
}

func (n noted) saidAlike(c matrix.Cell) saidAlike {
	if n.source != "" {
		return saidAlike{kind: n.kind, name: n.name, source: n.source, stage: c.Stage}
	}
	return saidAlike{kind: n.kind, name: n.name, text: n.text}
}

// findingGroups are the findings of the matrix by what they say.
func findingGroups(m *matrix.Matrix) (groups []*notedGroup) {
	at := map[saidAlike]*notedGroup{}
	for c := range m.Cells() {
		for _, n := range notedOf(c.Findings()) {
			g := at[n.saidAlike(c)]
			if g == nil {
				g = &notedGroup{kind: n.kind, text: n.text}
				at[n.saidAlike(c)] = g
				groups = append(groups, g)
			}
			g.differs = g.differs || g.text != n.text
			g.cells = append(g.cells, notedCell{c, n})
		}
	}
	return groups
}

// says is what is said of the cells, after the head.
func (g *notedGroup) says(head string) string {
	if g.differs {
		head += ", the first"
	}
	return head + ": " + g.text
}

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
			lines = append(lines, fmt.Sprintf("%s in %s: %s", info.Kind, counted(n, "cell"), info.Doc))
		}
	}
	return lines
}
