package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// collected is a Finding with what tells whether something is new to it.
type collected struct {
	Finding
	stages, lineages map[string]bool
	// at are the events that its first cell is about, and says is what it says.
	at, says string
}

// count takes what is numbers of the cell.
func (f *collected) count(row matrix.Row, c matrix.Cell, from origin, to int) {
	n := row.Count()
	f.Cells += n
	if row.Closed {
		f.Closed += n
	} else {
		f.Open += n
	}
	f.Ways[wayTo(from.stage, to)] += n
	if !f.Unjudged() {
		f.Severity = max(f.Severity, cmp.Or(severityOf(c.Result), Note))
	}
	if !f.stages[c.Stage] {
		f.stages[c.Stage], f.Stages = true, append(f.Stages, c.Stage)
	}
	if !f.lineages[from.key] {
		f.lineages[from.key], f.Lineages = true, append(f.Lineages, from.Lineage)
	}
}

// example compares the cell with the first one, and keeps it if there are few.
func (f *collected) example(row matrix.Row, c matrix.Cell, failOn *FailOn) {
	changes := row.Changes(c)
	at, says := said(c, f.Cause, changes, failOn)
	if len(f.Examples) == 0 {
		f.at, f.says = at, says
	}
	f.Elsewhere, f.Differ = f.Elsewhere || f.at != at, f.Differ || f.says != says
	f.keep(Example{Cell: c, Closed: row.Closed, Changes: changes})
}

// keep takes the example if there are few. Open executions are in danger themselves, so they come first.
func (f *collected) keep(e Example) {
	at := len(f.Examples)
	if !e.Closed {
		if closed := slices.IndexFunc(f.Examples, func(e Example) bool { return e.Closed }); closed >= 0 {
			at = closed
		}
	}
	if at == MostExamples {
		return
	}
	e.Cell.Explanation = nil
	f.Examples = slices.Insert(f.Examples, at, e)
	f.Examples = f.Examples[:min(len(f.Examples), MostExamples)]
}

// said is what the cell says that its cause does not: events, and values of answers and notes.
func said(c matrix.Cell, cause Cause, changes []matrix.Change, failOn *FailOn) (at, says string) {
	for _, change := range changes {
		says += change.Was.Value + change.Was.Err + " " + change.Now.Value + change.Now.Err + "\n"
	}
	if cause.Note == "" {
		says += c.Cause.String()
		return strconv.FormatInt(c.Place.Event, 10), says
	}
	for _, n := range failOn.Told(c) {
		at += fmt.Sprintln(n.Kind, n.Name, n.Events)
		says += n.Text + "\n"
	}
	return at, says
}
