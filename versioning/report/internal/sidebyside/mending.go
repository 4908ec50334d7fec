package sidebyside

import (
	"bytes"
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// Mend returns the Mending of the cell: that of the options, or that of the Explanation which the cell holds.
func Mend(o report.CIOptions, c matrix.Cell) report.Mending {
	if o.Mend != nil {
		return o.Mend(c)
	}
	return MendingOf(report.Explained{Cell: c})
}

// MendingOf returns the Mending of an explained cell. A cell without an Explanation has neither the code of a
// branch nor a table.
func MendingOf(e report.Explained) report.Mending {
	says := advice.ExplainLive(e.Cell.Result, e.Cell.Effects)
	return report.Mending{
		Do: prose.Plain(says.Do), Code: prose.PlainLines(cmp.Or(says.Code, advice.Allow(e.Cell.Result))),
		SideBySide: Table(New(e, false)),
	}
}

// Table is what WriteTable writes, without colours. It is empty if there is nothing to show.
func Table(v *View) string {
	if v.Cell.Explanation == nil {
		return ""
	}
	var table bytes.Buffer
	w := terminal.New(&table, false, 0)
	WriteTable(w, v)
	if err := w.Flush(); err != nil {
		return "" // a buffer takes everything
	}
	return table.String()
}
