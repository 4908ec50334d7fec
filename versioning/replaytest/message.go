package replaytest

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// counted counts the cells of the group, and names the first.
func (g *group) counted() string {
	if g.cells == 1 {
		return g.first.Name()
	}
	text := prose.Plural(g.recordings, "recording")
	if g.cells != g.recordings {
		text = prose.Plural(g.cells, "cell") + " of " + text
	}
	if g.is != replay.Unjudged {
		text += ", " + openText(g.open)
	}
	if more := g.cells - len(g.examples); more > 0 {
		return text + ", such as " + strings.Join(g.examples, ", ")
	}
	return text + ": " + strings.Join(g.examples, ", ")
}

// message says what is wrong with a cell of the group.
func (r *run) message(c matrix.Cell, g *group) string {
	switch g.kind {
	case unwanted:
		return r.unwanted(c) + r.where(c)
	case bad:
		return text.Line(c) + r.where(c)
	case added:
		what := "this cell"
		if g.cells > 1 {
			what = "these cells"
		}
		return fmt.Sprintf("got %s\n%s does not have %s: %s", line(c), r.Golden, what, updateHint)
	case changed:
		return fmt.Sprintf("the verdict changed from %s to %s\n got %s\nwant %s%s%s", g.was, c.Verdict, line(c),
			r.expected[c.Name()], advised(c), r.where(c))
	case reworded:
		return fmt.Sprintf("the verdict is the same, what it says is not\n got %s\nwant %s\n%s", line(c),
			r.expected[c.Name()], updateHint)
	default:
		return strings.Join(words.NoteLines(r.namedNotes(c)), "\n") + "\nFailOn names it; if the code that ran the " +
			"execution is a stage, name the file STAGE.SCENARIO.json after it: then that code tells"
	}
}

// short is what a subtest says of a cell of the group, in a line: the calling test has told of the group.
func (r *run) short(c matrix.Cell, g *group) string {
	if g.number == 0 {
		return r.says(c, g)
	}
	says := r.says(c, g)
	if c.Verdict == replay.Unjudged && g.kind == bad && g.cells == 1 {
		says = string(c.Verdict) // that is all that the finding says too
	}
	return fmt.Sprintf("finding %d, told above: %s", g.number, says)
}

// says says in a line what is wrong with a cell of the group.
func (r *run) says(c matrix.Cell, g *group) string {
	says := string(c.Verdict)
	switch {
	case g.kind == added:
		says = "got " + line(c) + ", which " + r.Golden + " does not have"
	case g.kind == changed, g.kind == reworded:
		says = "got " + line(c) + ", want " + r.expected[c.Name()]
	case g.kind == noted:
		var notes []string
		for _, n := range words.Notes(r.namedNotes(c)) {
			notes = append(notes, n.Short())
		}
		says = strings.Join(notes, ", ")
	case c.Verdict == replay.Unjudged, g.number == 0:
		says = text.Line(c)
	default:
		if c.Place.Event != 0 {
			says += fmt.Sprintf(" at event %d", c.Place.Event)
		}
		if c.Place.Source != "" {
			says += ", " + c.Place.Source
		}
		if g.kind == unwanted {
			says = "got " + says + ", want " + string(r.wanted[c.Name()].verdict)
		}
	}
	return says
}

// advised is the line on what is wrong and what to do, with the line break before it.
func advised(c matrix.Cell) string {
	if line := advice.Line(c.Result); line != "" && c.Verdict.Incompatible() {
		return "\n" + line
	}
	return ""
}

// where is the line below a cell's verdict, with the line break before it, if
// there is anything to add.
func (r *run) where(c matrix.Cell) string {
	switch {
	case c.Place.Source != "":
		return "\nin the workflow code at " + c.Place.Source
	case c.SDKErr != nil && c.Verdict.Incompatible():
		first, _, _ := strings.Cut(c.SDKErr.Error(), "\n")
		return "\nthe SDK says: " + first
	case c.Err == nil && r.Golden != "" && r.isWanted(c):
		return "\n" + updateHint
	default:
		return ""
	}
}
