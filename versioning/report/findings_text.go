package report

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// title says in a few words what happens where: "order: deploying v2 breaks
// executions of v1 (nondeterministic)".
func (f *finding) title() string { return plain(f.matrix.Family.Name) + ": " + f.what() }

func (f *finding) what() string {
	stages := &grouped{}
	for _, c := range f.cells {
		stages.add(c.Stage, "")
	}
	stage := strings.Join(stages.keys, " or ")
	if n := len(stages.keys); n > 2 {
		stage = fmt.Sprintf("one of %d stages", n)
	}
	switch {
	case f.verdict == replay.Unjudged:
		return plain(fmt.Sprintf("%s could not be judged", counted(len(f.cells), "cell")))
	case len(f.ways) > 1:
		stage = "running " + stage
	case f.way == byRollback:
		stage = "rolling back to " + stage
	case f.way == byDeploy:
		stage = "deploying " + stage
	}
	of := ""
	switch known := f.lineages.members[unknownStage] == nil; {
	case !known:
	case f.way == byOwn && len(f.ways) == 1:
		of = " of its own"
	case len(f.lineages.keys) <= 3:
		of = " of " + strings.Join(f.lineages.keys, ", ")
	default:
		of = fmt.Sprintf(" of %d lineages", len(f.lineages.keys))
	}
	switch {
	case isNote(f.about):
		return plain(fmt.Sprintf("%s replays executions%s with %s (%s)", stage, of, notesWord(f.about), f.about))
	case f.about == otherwiseRule:
		return plain(stage + " answers queries otherwise for executions" + of)
	case f.verdict == replay.Drift:
		return plain(stage + " changes what executions" + of + " do")
	case f.verdict.Incompatible():
		return plain(fmt.Sprintf("%s breaks executions%s (%s)", stage, of, f.verdict))
	default:
		return plain(fmt.Sprintf("%s is %s for executions%s", stage, f.verdict, of))
	}
}

// cellLine is one of the cells with its event and what to know about it, without the
// line of code, which they share.
func (f *finding) cellLine(c matrix.Cell) string {
	line := plain(c.String())
	if at := f.at(c); at != "" {
		line = at + ": " + line
	}
	for _, note := range f.notes(c) {
		line += "; " + note
	}
	return line
}

// at is where in the history it is in the cell: "event 5".
func (f *finding) at(c matrix.Cell) string {
	switch told := f.opts.told(c); {
	case !isNote(f.about) && c.Divergence.Event == 0:
		return ""
	case !isNote(f.about):
		return fmt.Sprintf("event %d", c.Divergence.Event)
	case len(told) == 1:
		return told[0].at()
	default:
		var texts []string
		for _, n := range told {
			texts = append(texts, n.short())
		}
		return strings.Join(texts, ", ")
	}
}

// notes are what is worth knowing of one cell beside its finding.
func (f *finding) notes(c matrix.Cell) (notes []string) {
	if !isNote(f.about) {
		for _, n := range f.opts.told(c) {
			notes = append(notes, n.String())
		}
	}
	if text := parkText(c.Result); text != "" {
		notes = append(notes, text)
	}
	for _, o := range f.matrix.Otherwise(c) {
		notes = append(notes, plain(liveText(o)))
	}
	return notes
}
