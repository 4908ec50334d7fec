package finding

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// FailOn is what a caller has asked to fail on. Nil means that nobody has asked.
type FailOn struct {
	Verdicts []replay.Verdict
	// Otherwise is whether to fail on a cell that answers a query differently from the code that
	// ran the execution.
	Otherwise bool
	// Notes are kinds of notes. A cell with a note of one of these kinds counts, whatever its
	// verdict. Only cells with the verdict replay.NotApplicable do not count.
	Notes []replay.NoteKind
	// Effects are kinds of effects: rehearse.Stuck, rehearse.Closes and rehearse.Hangs. A cell with
	// such an effect counts, whatever its verdict, also where a new version is the cause.
	Effects []rehearse.Kind
	// Roll is whether to fail on a cell whose execution gets stuck on the Workers of the stage before,
	// or is closed by them, once it has had a Workflow Task under the stage of the cell.
	Roll bool
}

// A Reason says why to fail on a cell. A zero Reason stands for the verdict. Otherwise stands for a
// query that is answered differently. Note is the first note that counts. Effect is the first effect
// that counts, nil if it is none, and Roll is whether it counts for its Roll.
type Reason struct {
	Otherwise bool
	Note      replay.Note
	Effect    *rehearse.Effect
	Roll      bool
}

// Reason reports whether to fail on the cell of the row, and why.
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
	if why = f.live(c); why.Effect != nil {
		return why, true
	}
	i := slices.IndexFunc(c.Notes, func(n replay.Note) bool { return slices.Contains(f.Notes, n.Kind) })
	if i < 0 {
		return Reason{}, false
	}
	return Reason{Note: c.Notes[i]}, true
}

// live is about the first effect that counts.
func (f *FailOn) live(c matrix.Cell) Reason {
	for i := range c.Effects.List {
		switch e := &c.Effects.List[i]; {
		case e.Notable() && slices.Contains(f.Effects, e.Kind):
			return Reason{Effect: e}
		case f.Roll && e.Roll != nil && (e.Roll.Stuck || e.Roll.Ending != ""):
			return Reason{Effect: e, Roll: true}
		}
	}
	return Reason{}
}

// Place is the place of the cell, or, if it replays and counts for what a live Worker does next, the
// line of code that makes that effect, as far as it is known.
func (f *FailOn) Place(c matrix.Cell) replay.Place {
	if c.Place.Source != "" || c.Place.Event != 0 || f == nil || c.Verdict == replay.NotApplicable {
		return c.Place
	}
	e := f.live(c).Effect
	if e == nil || e.Code == nil {
		return c.Place
	}
	return replay.Place{Source: e.Code.Source, Callers: e.Code.Callers, Near: e.Code.Near, File: e.Code.File,
		Line: e.Code.Line}
}

// Names reports whether to fail on the cell of the row.
func (f *FailOn) Names(row matrix.Row, c matrix.Cell) bool {
	_, fails := f.Reason(row, c)
	return fails
}

// Told returns the notes of the cell that a reader has to look at. These are the notes whose kind
// is a finding, and the notes whose kind is in f.Notes.
func (f *FailOn) Told(c matrix.Cell) []Noted {
	return NotedOf(slices.DeleteFunc(slices.Clone(c.Notes), func(n replay.Note) bool {
		return !n.Kind.Finding() && (f == nil || !slices.Contains(f.Notes, n.Kind))
	}))
}

// RollName is the name of Roll among the names of effects.
const RollName = "roll"

// live is the name of the effect for which the cell is one to fail on: "closes", "roll". It is empty
// where there is another reason.
func (r Reason) live() string {
	switch {
	case r.Roll:
		return RollName
	case r.Effect != nil:
		return string(r.Effect.Kind)
	default:
		return ""
	}
}
