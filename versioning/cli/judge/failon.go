package judge

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// failing is what --fail-on names.
type failing struct {
	verdicts map[replay.Verdict]bool
	// otherwise is whether a cell that replays and answers a query otherwise counts.
	otherwise bool
	// notes are the kinds of which one counts, beside whatever verdict.
	notes map[replay.NoteKind]bool
}

func failOn(names []string) (failing, error) {
	f := failing{verdicts: map[replay.Verdict]bool{}, notes: map[replay.NoteKind]bool{}}
	for _, name := range names {
		switch name = strings.TrimSpace(name); name {
		case "incompatible":
			for _, info := range replay.Verdicts() {
				f.verdicts[info.Verdict] = f.verdicts[info.Verdict] || info.Incompatible
			}
		case "otherwise":
			f.otherwise = true
		case "findings":
			for _, info := range replay.Notes() {
				if info.Finding {
					f.notes[info.Kind] = true
				}
			}
		default:
			if kind, err := replay.ParseNoteKind(name); err == nil {
				f.notes[kind] = true
				continue
			}
			verdict, err := replay.ParseVerdict(name)
			if err != nil {
				return f, shell.Usage(fmt.Errorf("--fail-on: %w; what may be seen beside them is %s", err, shell.Joined(noteKinds())))
			}
			f.verdicts[verdict] = true
		}
	}
	return f, nil
}

// noteKinds are the names of the kinds of notes.
func noteKinds() (names []string) {
	for _, info := range replay.Notes() {
		names = append(names, string(info.Kind))
	}
	return names
}

// asked is whether the caller has asked to fail on anything.
func (f failing) asked() bool { return len(f.verdicts) > 0 || f.otherwise || len(f.notes) > 0 }

// onNote reports whether the caller has asked to fail on notes of the kind.
func (f failing) onNote(kind replay.NoteKind) bool { return f.notes[kind] }

// on reports whether the cell is one to fail on.
func (f failing) on(row matrix.Row, cell matrix.Cell) bool {
	_, fails := f.says(row, cell)
	return fails
}

// check returns an incompatible error if a cell is one to fail on.
func (f failing) check(matrices []*matrix.Matrix) error {
	e := &occurred{}
	for _, m := range matrices {
		for _, row := range m.Rows {
			for _, cell := range row.Cells {
				e.meet(f, row, cell)
			}
		}
	}
	return e.orNil()
}

// says reports whether the cell of the row is one to fail on, and what it says.
func (f failing) says(row matrix.Row, cell matrix.Cell) (says string, fails bool) {
	switch {
	case f.verdicts[cell.Verdict]:
		return string(cell.Verdict), true
	case f.otherwise && len(row.Changes(cell)) > 0:
		return string(cell.Verdict) + ", and answers otherwise", true
	}
	if cell.Verdict == replay.NotApplicable {
		return "", false // it does not get there, whatever would be seen
	}
	for _, n := range cell.Notes {
		switch {
		case !f.notes[n.Kind]:
		case n.Event == 0:
			return fmt.Sprintf("%s, and %s", cell.Verdict, n.Kind), true
		default:
			return fmt.Sprintf("%s, and %s at event %d", cell.Verdict, n.Kind, n.Event), true
		}
	}
	return "", false
}

// occurred counts the cells to fail on, and says so.
type occurred struct {
	cells int
	first matrix.Cell
	says  string
	// named is what was asked for.
	named string
}

// meet counts the cell of the row if it is one to fail on.
func (e *occurred) meet(f failing, row matrix.Row, cell matrix.Cell) {
	says, fails := f.says(row, cell)
	if !fails {
		return
	}
	if e.cells == 0 {
		e.first, e.says, e.named = cell, says, "verdicts"
	}
	if len(f.notes) > 0 {
		e.named = "verdicts and findings"
	}
	e.cells++
}

// orNil is the incompatible error, nil if no cell was met.
func (e *occurred) orNil() error {
	if e.cells == 0 {
		return nil
	}
	return shell.Incompatible(e)
}

func (e *occurred) Error() string {
	return fmt.Sprintf("--fail-on: %d of the %s named, the first is %s: %s", e.cells, e.named, e.first, e.says)
}
