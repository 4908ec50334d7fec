package told

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A Merged is a row for recordings of which a person sees the same at each stage.
type Merged struct {
	// Row is the first of them.
	matrix.Row
	// Rows and Open count them, and those of executions that were open.
	Rows, Open int
	// marked is whether an open one is to be told from others, which are closed.
	marked bool
}

// Name is that of the recording, or says how many there are of which kind.
func (m Merged) Name() string {
	switch {
	case m.Rows == 1 && m.marked && m.Open == 1:
		return prose.Shorten(prose.Plain(m.Recording), words.LongestName-len(openMark)) + openMark
	case m.Rows == 1:
		return prose.Plain(m.Recording)
	}
	name := prose.Shorten(prose.Plain(m.WorkflowType), longestType) + ": " + prose.Thousands(m.Rows)
	switch m.Open {
	case 0:
	case m.Rows:
		name += " open"
	default:
		return name + fmt.Sprintf(" of one shape, %s open", prose.Thousands(m.Open))
	}
	return name + " of one shape"
}

// openMark follows the name of an open execution among closed ones.
const openMark = ", open"

// longestType leaves room for the rest of the name of a Merged in words.LongestName.
const longestType = 24

// MergedRows returns the rows of the matrix. If there are more than few, there is one for all recordings of one
// shape whose finding and verdict are equal at each stage, and what becomes of them too. The summary must be that
// of the matrix.
func MergedRows(m *matrix.Matrix, s *finding.Summary, few int) (list []Merged) {
	at, all, merge := map[string]int{}, Recorded(m), m.Recordings() > few
	for _, row := range m.Rows {
		key := row.Recording
		if row.Shape != "" && merge {
			key = sameRow(row, s)
		}
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key], list = i, append(list, Merged{Row: row, marked: all.Open > 0 && all.Closed > 0})
		}
		list[i].Rows += row.Count()
		if !row.Closed && row.Err == nil {
			list[i].Open += row.Count()
		}
	}
	return list
}

// sameRow is the same text for rows that are one to a person.
func sameRow(row matrix.Row, s *finding.Summary) string {
	key := fmt.Sprintf("\n%q %q %q %q %v", row.WorkflowType, row.Shape, row.Scenario, row.Lineage, row.Preferred)
	for _, c := range row.Cells {
		key += fmt.Sprintf("\n%s %s %s %p %s %t", c.Stage, c.Verdict, c.Place.Source, s.At(row, c), finding.FateOf(c), HasFindings(c))
	}
	return key
}
