package replaytest

import (
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// notesFault is what is wrong with FailOn, "" if nothing is.
func (p Params) notesFault() string {
	for _, kind := range p.FailOn {
		if _, err := replay.ParseNoteKind(string(kind)); err != nil {
			return fmt.Sprintf("FailOn: %v", err)
		}
	}
	return ""
}

// failOn is FailOn, as a command would be given it.
func (r *run) failOn() *finding.FailOn {
	if len(r.FailOn) == 0 {
		return nil
	}
	return &finding.FailOn{Notes: r.FailOn}
}

// namedNotes returns the notes of the cell that FailOn names.
func (r *run) namedNotes(c matrix.Cell) (named []replay.Note) {
	for _, n := range c.Notes {
		// Where it is not applicable the execution does not get there.
		if c.Verdict != replay.NotApplicable && slices.Contains(r.FailOn, n.Kind) {
			named = append(named, n)
		}
	}
	return named
}

// logNotes tells of the findings that nothing else tells of.
func (r *run) logNotes(t T, c matrix.Cell) {
	t.Helper()
	log, ok := t.(interface{ Logf(string, ...any) })
	if !ok || r.Golden != "" || c.Verdict == replay.NotApplicable {
		return
	}
	var rest []replay.Note
	for _, n := range c.Notes {
		if n.Kind.Finding() && !slices.Contains(r.FailOn, n.Kind) {
			rest = append(rest, n)
		}
	}
	for _, text := range words.NoteLines(rest) {
		log.Logf("finding: %s", text)
	}
}
