package text

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// rest says what else is known of the family: at length, or how much of it there is.
func (b *writer) rest(m *matrix.Matrix) {
	if b.opts.All {
		told.WriteCoverage(b.Writer, m)
		b.unused(m)
		b.safeButLive(m)
		b.noteCounts(m)
		b.allowed(m)
		return
	}
	var more []string
	count := func(n int, what, rest string) {
		if n > 0 {
			more = append(more, prose.Plural(n, what)+rest)
		}
	}
	count(len(told.ButLive(m)), "safe cell", " of which a live Worker makes something else")
	count(told.WithNotes(m), "cell", " with notes that change no verdict")
	allowed := 0
	for _, use := range matrix.Allowed(m) {
		allowed += use.Cells
	}
	count(allowed, "difference", " that a rule allows")
	more = append(more, told.NotRehearsed(m)...)
	if len(more) > 0 {
		b.Printf("%s\n\n", prose.Wrap("Not shown: "+strings.Join(more, "; ")+b.allCommand(m.Family.Name, ": "), b.Width, 2))
	}
}
