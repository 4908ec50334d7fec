package report

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// findings lists what nobody can tell from the history alone, under what is said of it.
func (b *textWriter) findings(m *matrix.Matrix) {
	const most = 5
	groups := findingGroups(m)
	if len(groups) == 0 {
		return
	}
	b.printf("Findings: the history alone cannot tell whether these break an execution.\n")
	for _, g := range groups {
		b.printf("  %s\n", wrap(g.says(fmt.Sprintf("%s in %s", g.kind, plural(len(g.cells), "cell"))), Width, 4))
		shown, width := g.cells[:min(len(g.cells), most)], 0
		for _, n := range shown {
			width = max(width, len(n.noted.at()))
		}
		for _, n := range shown {
			b.printf("%s\n", beside(fmt.Sprintf("      %-*s  %s", width, n.noted.at(), plain(n.cell.String())), plain(n.noted.source)))
		}
		if more := len(g.cells) - most; more > 0 {
			b.printf("      and %s more\n", thousands(more))
		}
	}
	b.printf("\n")
}

// noteCounts says how often there is a note that is no finding: each of them is in the
// story of its cell.
func (b *textWriter) noteCounts(m *matrix.Matrix) {
	lines := noteCounts(m)
	if len(lines) == 0 {
		return
	}
	b.printf("Notes, which change no verdict:\n")
	for _, line := range lines {
		b.printf("  %s\n", wrap(line, Width, 2))
	}
	b.printf("\n")
}
