// Package shown makes plain data of an explained cell: what a page and a comment show of it. An
// Explanation holds the trace of a replay, which no other process can have. What is shown of it is texts
// alone.
package shown

import (
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
)

// A Cell is what the panel of a page shows of an explained cell. All texts can be shown as they are.
type Cell struct {
	// Place is where history and code part, and Meaning whether Workers of the stage may get the execution.
	Place   string `json:",omitempty"`
	Meaning string `json:",omitempty"`
	// What, Notices, Do, Code and Notes are those of an advice.Explanation.
	What    string   `json:",omitempty"`
	Notices string   `json:",omitempty"`
	Do      string   `json:",omitempty"`
	Code    string   `json:",omitempty"`
	Notes   []string `json:",omitempty"`
	// Table is nil if nothing was replayed.
	Table *Table `json:",omitempty"`
}

// Of returns what is shown of the cell.
func Of(c matrix.Cell) Cell {
	v, says := sidebyside.New(report.Explained{Cell: c}, false), advice.ExplainLive(c.Result, c.Effects)
	s := Cell{
		Place: prose.Plain(v.Place()), Meaning: prose.Plain(v.Meaning()),
		What: prose.Plain(says.What), Notices: prose.Plain(says.Notices), Do: prose.Plain(says.Do),
		Code: prose.PlainLines(says.Code), Table: tableOf(v),
	}
	for _, note := range says.Notes {
		s.Notes = append(s.Notes, prose.Plain(note))
	}
	return s
}

// MendingOf returns what writers show of the explained cell, for report.CIOptions.Mend.
func MendingOf(e report.Explained) report.Mending { return sidebyside.MendingOf(e) }
