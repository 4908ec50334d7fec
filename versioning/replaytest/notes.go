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

// checkNotes fails the cell for the notes that FailOn names, and tells of the findings
// that nothing else tells of.
func (r *run) checkNotes(t T, c matrix.Cell) {
	t.Helper()
	var named, rest []replay.Note
	for _, n := range c.Notes {
		switch {
		case c.Verdict == replay.NotApplicable: // it does not get there
		case slices.Contains(r.FailOn, n.Kind):
			named = append(named, n)
		case n.Kind.Finding():
			rest = append(rest, n)
		}
	}
	for _, text := range words.NoteLines(named) {
		t.Errorf("%s\nFailOn names it; if the code that ran the execution is a stage, name the file "+
			"STAGE.SCENARIO.json after it: then that code tells", text)
	}
	if log, ok := t.(interface{ Logf(string, ...any) }); ok && r.Golden == "" {
		for _, text := range words.NoteLines(rest) {
			log.Logf("finding: %s", text)
		}
	}
}
