package told

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Headline is a finding in a sentence: what is done, the word that matters, and to how many executions.
type Headline struct{ Before, Loud, Rest string }

// Headline says "deploying v2 BREAKS 1 open execution of v1, and 2 closed of that shape".
func (f *Finding) Headline() Headline {
	t := f.Executions()
	h := Headline{Before: prose.Plain(f.stage())}
	switch {
	case f.Unjudged():
		return Headline{Loud: "CANNOT TELL", Rest: "for " + prose.Plural(t.Open+t.Closed+t.Unread, "recording")}
	case f.Cause.Note != "":
		h.Before += " replays"
		h.Loud, h.Rest = "with "+strings.ToUpper(NotesWord(f.Cause.Note)), "in "+f.met(t)
	case f.Cause.Otherwise:
		h.Loud, h.Rest = "ANSWERS OTHERWISE", "for "+f.met(t)
	case f.Cause.Live == finding.RollName:
		h.Loud, h.Rest = "LEAVES TO OLD WORKERS", f.met(t)
	case f.Cause.Live != "":
		h.Before += ", live:"
		h.Loud, h.Rest = strings.ToUpper(f.Cause.Live), f.met(t)
	case f.Cause.Verdict == replay.Drift:
		h.Loud, h.Rest = "CHANGES", "what happens in "+f.met(t)
	case f.Cause.Verdict.Incompatible():
		h.Loud, h.Rest = "BREAKS", f.met(t)
	default:
		h.Before, h.Loud, h.Rest = "", strings.ToUpper(string(f.Cause.Verdict)), "for "+f.met(t)
	}
	return h
}

// met are the executions that the stage meets: open ones are in danger themselves, closed ones stand for others.
func (f *Finding) met(t *Executions) string {
	of := f.Of()
	closed := prose.Thousands(t.Closed) + " closed of that shape"
	switch {
	case t.Closed == 0:
		return prose.Plural(t.Open, "open execution") + of
	case t.Open == 0 && t.Closed == 1:
		return "executions such as a closed one" + of
	case t.Open == 0:
		return fmt.Sprintf("executions such as %s closed ones%s", prose.Thousands(t.Closed), of)
	default:
		return prose.Plural(t.Open, "open execution") + of + ", and " + closed
	}
}

// CellOf returns the cell as the matrix has it: an Example has no Explanation.
func (f *Finding) CellOf(e finding.Example) matrix.Cell {
	for _, row := range f.Matrix.Rows {
		if row.Recording != e.Cell.Recording {
			continue
		}
		if i := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == e.Cell.Stage }); i >= 0 {
			return row.Cells[i]
		}
	}
	return e.Cell
}

// Kind names what the finding is about: the rule of SARIF, and the type of a failure of JUnit.
func (f *Finding) Kind() string { return cmp.Or(f.About(), string(f.Cause.Verdict)) }
