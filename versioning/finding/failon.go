package finding

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// FailOn is what a caller has asked to fail on. A nil FailOn is that nobody has asked.
type FailOn struct {
	Verdicts []replay.Verdict
	// Otherwise is whether a cell that replays and answers a query otherwise counts.
	Otherwise bool
	// Notes are the kinds of which one counts, beside whatever verdict.
	Notes []replay.NoteKind
}

// A Reason is why a cell is one to fail on: its verdict, or else that it answers otherwise, or
// the first note.
type Reason struct {
	Otherwise bool
	Note      replay.Note
}

// Reason reports whether the cell of the row is one to fail on, and why.
func (f *FailOn) Reason(row matrix.Row, c matrix.Cell) (why Reason, fails bool) {
	switch {
	case f == nil:
		return Reason{}, false
	case slices.Contains(f.Verdicts, c.Verdict):
		return Reason{}, true
	case f.Otherwise && len(row.Changes(c)) > 0:
		return Reason{Otherwise: true}, true
	case c.Verdict == replay.NotApplicable:
		return Reason{}, false // it does not get there, whatever would be seen
	}
	i := slices.IndexFunc(c.Notes, func(n replay.Note) bool { return slices.Contains(f.Notes, n.Kind) })
	if i < 0 {
		return Reason{}, false
	}
	return Reason{Note: c.Notes[i]}, true
}

// Names reports whether the cell of the row is one to fail on.
func (f *FailOn) Names(row matrix.Row, c matrix.Cell) bool {
	_, fails := f.Reason(row, c)
	return fails
}

// Told are the notes of the cell that a reader has to look at: those of the kinds that are
// findings, and of those that are named.
func (f *FailOn) Told(c matrix.Cell) []Noted {
	return NotedOf(slices.DeleteFunc(slices.Clone(c.Notes), func(n replay.Note) bool {
		return !n.Kind.Finding() && (f == nil || !slices.Contains(f.Notes, n.Kind))
	}))
}
