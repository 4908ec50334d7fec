package replaytest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// explanation is what stands below the message of a failing subtest, with the line
// break before it: history and code side by side. The cell is judged once more for
// it, so that only failing cells pay. A mistake in a stage fails many cells in the
// same way, and is explained once.
func (r *run) explanation(t T, c matrix.Cell) string {
	t.Helper()
	if !c.Verdict.Incompatible() {
		return ""
	}
	r.mu.Lock()
	reason := likeness{c.Stage, r.found[c.Name()]}
	alike, known := r.explained[reason]
	if !known {
		r.explained[reason] = c.Name()
	}
	r.mu.Unlock()
	if known {
		return "\n" + alike + " fails alike and is explained there; -run this one alone to see it explained"
	}
	opts := matrix.Options{
		Config: r.Config, Twice: true, Explain: true, Rehearse: r.Rehearse,
		Only: func(recording, stage string) bool { return recording == c.Recording && stage == c.Stage },
	}
	// All sources, since a rehearsal borrows what a signal has brought in another recording.
	m, err := matrix.Judge(t.Context(), r.Family, slices.Values(r.sources), &opts)
	if err != nil || len(m.Rows) != 1 {
		return "" // the test is being stopped
	}
	if live, err := history.ReadLive(r.Recordings); err == nil {
		m.Live = live.Observations
	}
	cell := m.Rows[0].Cells[0]
	if cell.Verdict != c.Verdict || finding.Sentence(cell) != finding.Sentence(c) {
		return "\nreplayed again it is " + text.Line(cell) +
			"\nthe code does not do the same each time: look for time.Now, rand, the order of a map, the environment"
	}
	if cell.Explanation == nil {
		return ""
	}
	var b bytes.Buffer
	if err := text.Explain(&b, text.ExplainOptions{Live: m.Observed(cell)}, cell); err != nil {
		return ""
	}
	return "\n\n" + strings.TrimRight(b.String(), "\n")
}

// likeness is what the cells have in common that fail for one reason.
type likeness struct {
	stage string
	in    *finding.Finding
}
