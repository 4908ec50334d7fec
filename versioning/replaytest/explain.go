package replaytest

import (
	"bytes"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// explanation is what stands below the message of a subtest that runs alone, with the line break before
// it: history and code side by side. The cell is judged once more for it.
func (r *run) explanation(t T, c matrix.Cell) string {
	t.Helper()
	if !c.Verdict.Incompatible() {
		return ""
	}
	rows := r.again(t, func(recording, stage string) bool { return recording == c.Recording && stage == c.Stage })
	if len(rows) != 1 {
		return ""
	}
	m := matrix.Matrix{Family: r.Family, Rows: rows}
	if live, err := history.ReadLive(r.Recordings); err == nil {
		m.Live = live.Observations
	}
	cell := rows[0].Cells[0]
	if other := unsteady(cell, c); other != "" {
		return other
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
