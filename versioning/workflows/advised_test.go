package workflows_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/replaymatrix/replaymatrix/internal/applied"
	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// advised is an incompatible cell with what advice says of it.
type advised struct {
	cell   matrix.Cell
	advice advice.Explanation
	// right is a stage that mends the cell: see rights.of.
	right string
	// edit is the advice's code in its file. It has no ID where there is no code for a file.
	edit applied.Edit
	// reason is why no code of the advice mends the cell. It is empty if code mends it.
	reason string
	// known is whether reason holds: nothing is known of code that was not applied.
	known bool
	// ends is whether an execution of the cell closes by a version that it takes at a waiting point: the
	// change comes upon it there, as it does upon a new one.
	ends bool
}

// advisedCells are the incompatible cells of all families.
func advisedCells(t *testing.T) (list []*advised) {
	t.Helper()
	for _, c := range corpora.All() {
		if *applyCell != "" && !strings.HasPrefix(*applyCell, c.Family.Name+"/") {
			continue
		}
		rights := rightsOf(t, c)
		for _, row := range explained(t, c).Rows {
			for _, cell := range row.Cells {
				if !cell.Verdict.Incompatible() {
					continue
				}
				a := &advised{cell: cell, advice: advice.Explain(cell.Result), right: rights.of(cell, row.Lineage)}
				a.put()
				list = append(list, a)
			}
		}
	}
	return list
}

// put makes the edit, or says why there is none.
func (a *advised) put() {
	kind := string(a.cell.Cause.Kind)
	if decided := a.cell.Cause.Decided.Kind; decided != "" {
		kind = fmt.Sprintf("%s [%s]", kind, decided)
	}
	switch {
	case a.advice.Patch != nil:
		var err error
		if a.edit, err = applied.EditOf(*a.advice.Patch); err != nil {
			a.reason, a.known = "does not apply: "+err.Error(), true
		}
	case a.advice.Code != "" && a.cell.Cause.Kind == cause.TypeNotRegistered:
		a.known = true // and mends: TestRegistrationMends
	case a.advice.Code != "":
		a.reason, a.known = "a sketch: "+kind, true
	default:
		a.reason, a.known = "no code: "+kind, true
	}
}

// asked is the cell of the copy that has the code.
func (a *advised) asked() applied.Cell {
	return applied.Cell{Copy: a.edit.ID, Family: a.cell.Family, Recording: a.cell.Recording, Stage: a.cell.Stage}
}

// claim is what a text says of code that mends.
var claim = regexp.MustCompile(`this GetVersion call`)

// claims reports whether a reader expects code that mends the cell: the text says so, or an edit is printed
// that does not call itself a sketch.
func (a *advised) claims() bool {
	return a.advice.Patch != nil && !a.advice.Patch.Sketch || claim.MatchString(a.advice.Do)
}
