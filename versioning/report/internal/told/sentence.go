package told

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Title says in a few words what happens where: "order: deploying v2 breaks
// executions of v1 (nondeterministic)".
func (f *Finding) Title() string { return prose.Plain(f.Matrix.Family.Name) + ": " + f.What() }

// What is the title without the family.
func (f *Finding) What() string {
	if f.Unjudged() {
		return fmt.Sprintf("%s could not be judged", prose.Plural(f.Cells, "cell"))
	}
	stage, of := f.stage(), f.Of()
	switch {
	case f.Cause.Note != "":
		kind := f.Cause.Note
		return prose.Plain(fmt.Sprintf("%s replays executions%s with %s (%s)", stage, of, NotesWord(kind), kind))
	case f.Cause.Otherwise:
		return prose.Plain(stage + " answers queries otherwise for executions" + of)
	case f.Cause.Live != "":
		return prose.Plain(fmt.Sprintf("%s %s (%s)", stage, liveWhat(f.Cause.Live, of), f.Cause.Live))
	case f.Cause.Verdict == replay.Drift:
		return prose.Plain(stage + " changes what executions" + of + " do")
	case f.Cause.Verdict.Incompatible():
		return prose.Plain(fmt.Sprintf("%s breaks executions%s (%s)", stage, of, f.Cause.Verdict))
	default:
		return prose.Plain(fmt.Sprintf("%s is %s for executions%s", stage, f.Cause.Verdict, of))
	}
}

// liveWhat says what a stage does to executions that replay.
func liveWhat(kind, of string) string {
	switch kind {
	case finding.RollName:
		return "leaves executions" + of + " on which old Workers get stuck"
	case string(rehearse.Closes):
		return "closes executions" + of
	case string(rehearse.Hangs):
		return "lets executions" + of + " wait for ever"
	default:
		return "gets stuck on executions" + of
	}
}

// stage is what is done with which stages: "deploying v2 or v3".
func (f *Finding) stage() string {
	n := len(f.Stages)
	stage := strings.Join(f.Stages, " or ")
	switch {
	case n > 3:
		stage = fmt.Sprintf("one of %d stages", n)
	case n == 3:
		stage = f.Stages[0] + ", " + strings.Join(f.Stages[1:], " or ")
	}
	switch {
	case len(f.Ways) > 1:
		return "running " + stage
	case f.Way() == finding.ByRollback:
		return "rolling back to " + stage
	case f.Way() == finding.ByDeploy:
		return "deploying " + stage
	default:
		return stage
	}
}

// Of is " of v1": whose executions it is about. It is "" where that is not known of all.
func (f *Finding) Of() string {
	var lineages []string
	for _, l := range f.Lineages {
		if !l.Known() {
			return ""
		}
		name := prose.Shorten(prose.Plain(lineageText(l)), words.LongestName)
		if !slices.Contains(lineages, name) {
			lineages = append(lineages, name)
		}
	}
	switch {
	case len(f.Ways) == 1 && f.Way() == finding.ByOwn:
		return " of its own"
	case len(lineages) <= 4:
		return " of " + strings.Join(lineages, ", ")
	default:
		return fmt.Sprintf(" of %d lineages", len(lineages))
	}
}

// NoteSays is the sentence on the notes: the head, then the detail.
func (f *Finding) NoteSays(head string) string {
	if f.Differ {
		head += ", the first"
	}
	return head + ": " + f.Detail()
}

// CellLine is one line for the cell: its event, its name, and what to know about it. It leaves out
// the line of code, because all cells of the finding share that line.
func (f *Finding) CellLine(e finding.Example) string {
	line := prose.Plain(e.Cell.String())
	if at := f.At(e); at != "" {
		line = at + ": " + line
	}
	for _, note := range f.Notes(e) {
		line += "; " + note
	}
	return line
}

// At says where in the history the finding is, for this cell: "event 5".
func (f *Finding) At(e finding.Example) string {
	switch noted := Notes(f.Options, e.Cell); {
	case f.Cause.Note == "" && e.Cell.Place.Event == 0:
		return ""
	case f.Cause.Note == "":
		return fmt.Sprintf("event %d", e.Cell.Place.Event)
	case len(noted) == 1:
		return noted[0].At()
	default:
		var texts []string
		for _, n := range noted {
			texts = append(texts, n.Short())
		}
		return strings.Join(texts, ", ")
	}
}

// Notes are what to know about one cell beside its finding.
func (f *Finding) Notes(e finding.Example) (notes []string) {
	if own := changesText(e.Changes); own != changesText(f.First().Changes) {
		notes = append(notes, prose.Plain(own))
	}
	return append(notes, f.Beside(e.Cell)...)
}

// Beside is what the finding does not say about the cell: the notes of a cell that breaks, where
// its execution can wait, and what live Workers do next.
func (f *Finding) Beside(c matrix.Cell) (notes []string) {
	if f.Cause.Note == "" {
		for _, n := range Notes(f.Options, c) {
			notes = append(notes, n.String())
		}
	}
	if text := ParkText(c.Result); text != "" {
		notes = append(notes, text)
	}
	if live := Live(c); live != "" {
		notes = append(notes, live)
	}
	return notes
}

// MoreDifferences are the differences of the cell after the first one. The detail of the cell tells
// the first one. MoreDifferences names a few, and counts the rest.
func MoreDifferences(c matrix.Cell) (texts []string) {
	const most = 3
	if len(c.Differences) < 2 {
		return nil
	}
	rest := c.Differences[1:]
	for _, d := range rest[:min(len(rest), most)] {
		texts = append(texts, "also "+d.String())
	}
	if n := len(rest) - most; n > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", n))
	}
	return texts
}
