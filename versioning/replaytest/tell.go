package replaytest

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// mostLines is the number of lines that go test prints where many cells fail, fixed those that it
// prints of a test and a package that fail. What is wrong is said of each group. How to mend it, and
// history beside code, are left out where there is no room.
const mostLines, fixedLines = 58, 5

// mostExplained is the number of groups whose first cell is replayed again to be explained.
const mostExplained = mostFailing

// tell has the calling test fail for each group of cells once. A cell that runs alone tells of itself.
func (r *run) tell(t T) {
	t.Helper()
	if len(r.selected) == 1 || len(r.groups) == 0 {
		return
	}
	var messages []string
	if skipped := len(r.fails) - len(r.shown); skipped > 0 {
		messages = append(messages, fmt.Sprintf("%s of %s fail. What fails alike is told once, and the subtests of %s are "+
			"skipped: go test -v names them", prose.Thousands(len(r.fails)), prose.Plural(len(r.selected), "cell"),
			prose.Plural(skipped, "cell")))
	}
	heads := len(messages)
	told := r.groups[:min(len(r.groups), mostTold)]
	for _, g := range told {
		message := fmt.Sprintf("finding %d of %d: %s\n%s", g.number, len(r.groups), g.where(), r.message(g.first, g))
		if live := text.Live(g.first); live != "" && g.isExplained() {
			message += "\n" + live
		}
		messages = append(messages, message)
	}
	if rest := len(r.groups) - len(told); rest > 0 {
		messages = append(messages, fmt.Sprintf("and %s: go test -v names their cells", prose.Plural(rest, "finding")))
	}
	room := math.MaxInt
	if len(r.fails) > mostFailing {
		said := len(strings.Split(strings.Join(messages, "\n"), "\n"))
		room = mostLines - fixedLines - said - 2*len(r.shown)
	}
	for i, detail := range r.details(t, told, room) {
		messages[heads+i] += detail
	}
	for _, message := range messages {
		t.Errorf("%s", message)
	}
}

// where counts the cells of the group, and names the first.
func (g *group) where() string {
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
			r.expected[c.Name()], says(c), r.where(c))
	case reworded:
		return fmt.Sprintf("the verdict is the same, what it says is not\n got %s\nwant %s\n%s", line(c),
			r.expected[c.Name()], updateHint)
	default:
		return strings.Join(words.NoteLines(r.namedNotes(c)), "\n") + "\nFailOn names it; if the code that ran the " +
			"execution is a stage, name the file STAGE.SCENARIO.json after it: then that code tells"
	}
}

// short says the same in a line, for a subtest: the calling test has told of the group.
func (r *run) short(c matrix.Cell, g *group) string {
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
	case c.Verdict == replay.Unjudged && g.cells > 1, g.number == 0:
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
	if g.number == 0 {
		return says
	}
	return fmt.Sprintf("finding %d, told above: %s", g.number, says)
}

// details is what stands below the message of each group, with the line break before it. What groups
// have in common is said once. What needs more than so many lines is left out, but not of the first.
func (r *run) details(t T, groups []*group, room int) []string {
	t.Helper()
	details := make([]string, len(groups))
	explained := r.explain(t, groups[:min(len(groups), mostExplained)])
	cures := map[string]int{}
	for i, g := range groups {
		c, ok := explained[g.first.Name()]
		if !ok {
			continue
		}
		if other := unsteady(c, g.first); other != "" {
			details[i] = other
			continue
		}
		says, opts := advice.ExplainLive(c.Result, c.Effects), text.BriefOptions{}
		if number := cures[says.Do+says.Code]; number > 0 {
			opts.Cure = fmt.Sprintf("as for finding %d", number)
		}
		detail, lines := brief(opts, c)
		if lines > room {
			opts.NoTable = true
			detail, lines = brief(opts, c)
		}
		if i > 0 && lines > room {
			continue
		}
		room -= lines
		if opts.Cure == "" {
			cures[says.Do+says.Code] = g.number
		}
		details[i] = detail
		if alone := alone(t, g.first); alone != "" {
			details[i] += "\nAll of it: " + alone
		}
	}
	return details
}

// brief is what text.Brief writes, below an empty line, and the number of its lines with that of the
// command below it.
func brief(opts text.BriefOptions, c matrix.Cell) (detail string, lines int) {
	var b bytes.Buffer
	if err := text.Brief(&b, opts, c); err != nil || b.Len() == 0 {
		return "", 0
	}
	detail = "\n\n" + strings.TrimRight(b.String(), "\n")
	return detail, strings.Count(detail, "\n") + 1
}

// alone is the command that runs the cell alone, "" if the name of the test is not known.
func alone(t T, c matrix.Cell) string {
	named, ok := t.(interface{ Name() string })
	if !ok {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(named.Name()+"/"+c.Name(), "/") {
		parts = append(parts, "^"+regexp.QuoteMeta(strings.ReplaceAll(part, " ", "_"))+"$")
	}
	return "go test -run '" + strings.ReplaceAll(strings.Join(parts, "/"), "'", `'\''`) + "'"
}

// explain judges the first cells of the groups once more, with an Explanation. So only what fails pays for it.
func (r *run) explain(t T, groups []*group) map[string]matrix.Cell {
	t.Helper()
	chosen := map[string]bool{}
	for _, g := range groups {
		if g.isExplained() {
			chosen[g.first.Name()] = true
		}
	}
	explained := map[string]matrix.Cell{}
	for _, row := range r.again(t, func(recording, stage string) bool { return chosen[recording+"@"+stage] }) {
		for _, c := range row.Cells {
			explained[c.Name()] = c
		}
	}
	return explained
}

// again judges the cells once more, with Explanations.
func (r *run) again(t T, only func(recording, stage string) bool) []matrix.Row {
	t.Helper()
	opts := matrix.Options{Config: r.Config, Twice: true, Explain: true, Rehearse: r.Rehearse, Only: only}
	// All sources, since a rehearsal borrows what a signal has brought in another recording.
	m, err := matrix.Judge(t.Context(), r.Family, slices.Values(r.sources), &opts)
	if err != nil {
		return nil // the test is being stopped
	}
	return m.Rows
}

// unsteady says that the cell was replayed again and is not what it was, with the line break before it.
func unsteady(again, before matrix.Cell) string {
	if again.Verdict == before.Verdict && finding.Sentence(again) == finding.Sentence(before) {
		return ""
	}
	return "\nreplayed again it is " + text.Line(again) +
		"\nthe code does not do the same each time: look for time.Now, rand, the order of a map, the environment"
}
