package judge

import (
	"errors"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// incompatible stands for all verdicts that are, and failOnNone for nothing.
const (
	incompatible = "incompatible"
	failOnNone   = "none"
)

// failOn is what --fail-on names, nil if it names nothing.
func failOn(names []string) (*finding.FailOn, error) {
	if len(names) == 0 || isNone(names) {
		return nil, nil
	}
	f := &finding.FailOn{}
	for _, name := range names {
		switch name = strings.TrimSpace(name); name {
		case failOnNone:
			return nil, shell.Usage(errors.New("--fail-on: none stands alone, or leave it out"))
		case incompatible:
			for _, info := range replay.Verdicts() {
				if info.Incompatible {
					f.Verdicts = append(f.Verdicts, info.Verdict)
				}
			}
		case string(rehearse.Stuck), string(rehearse.Closes), string(rehearse.Hangs):
			f.Effects = append(f.Effects, rehearse.Kind(name))
		case finding.RollName:
			f.Roll = true
		case "otherwise":
			f.Otherwise = true
		case "findings":
			for _, info := range replay.Notes() {
				if info.Finding {
					f.Notes = append(f.Notes, info.Kind)
				}
			}
		default:
			if kind, err := replay.ParseNoteKind(name); err == nil {
				f.Notes = append(f.Notes, kind)
				continue
			}
			verdict, err := replay.ParseVerdict(name)
			if err != nil {
				err = fmt.Errorf("--fail-on: %w; what may be seen beside them is %s; what a live Worker does next is %s",
					err, shell.Joined(noteKinds()), shell.Joined(effects))
				return nil, shell.Usage(err)
			}
			f.Verdicts = append(f.Verdicts, verdict)
		}
	}
	return f, nil
}

// effects are the names of what a live Worker does next.
var effects = []string{string(rehearse.Stuck), string(rehearse.Closes), string(rehearse.Hangs), finding.RollName}

// noteKinds are the names of the kinds of notes.
func noteKinds() (names []string) {
	for _, info := range replay.Notes() {
		names = append(names, string(info.Kind))
	}
	return names
}

// check returns an incompatible error if a cell is one to fail on.
func check(f *finding.FailOn, matrices []*matrix.Matrix) error {
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

// says is what a cell says that is one to fail on.
func says(c matrix.Cell, why finding.Reason) string {
	switch {
	case why.Otherwise:
		return string(c.Verdict) + ", and answers otherwise"
	case why.Roll:
		return fmt.Sprintf("%s, and old Workers get stuck on it after that%s", c.Verdict, atLine(why))
	case why.Effect != nil:
		return fmt.Sprintf("%s, and live: %s%s", c.Verdict, advice.Live(c.Effects), atLine(why))
	case why.Note.Kind == "":
		return string(c.Verdict)
	case why.Note.Event == 0:
		return fmt.Sprintf("%s, and %s", c.Verdict, why.Note.Kind)
	default:
		return fmt.Sprintf("%s, and %s at event %d", c.Verdict, why.Note.Kind, why.Note.Event)
	}
}

// atLine is the line of code that makes the effect, "" if it is not known.
func atLine(why finding.Reason) string {
	switch code := why.Effect.Code; {
	case code == nil:
		return ""
	case code.Near:
		return " (near " + code.Source + ")"
	default:
		return " (" + code.Source + ")"
	}
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
func (e *occurred) meet(f *finding.FailOn, row matrix.Row, cell matrix.Cell) {
	why, fails := f.Reason(row, cell)
	if !fails {
		return
	}
	if e.cells == 0 {
		e.first, e.says, e.named = cell, says(cell, why), "verdicts"
	}
	switch {
	case len(f.Effects) > 0 || f.Roll:
		e.named = "verdicts, findings and effects"
	case len(f.Notes) > 0:
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
