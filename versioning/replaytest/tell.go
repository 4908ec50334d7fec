package replaytest

import (
	"fmt"
	"math"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
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
		message := fmt.Sprintf("finding %d of %d: %s\n%s", g.number, len(r.groups), g.counted(), r.message(g.first, g))
		if live := text.Live(g.first); live != "" && g.isExplained() {
			message += "\n" + live
		}
		messages = append(messages, message)
	}
	if rest := r.listed(); rest != "" {
		messages = append(messages, rest)
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

// listed has a line for each of the groups that there is no room to tell of.
func (r *run) listed() string {
	if len(r.groups) <= mostTold {
		return ""
	}
	var lines []string
	for _, g := range r.groups[mostTold:] {
		if g.number == 0 {
			lines = append(lines, fmt.Sprintf("and %d more: go test -v names their cells",
				len(r.groups)-mostTold-mostListed))
			break
		}
		lines = append(lines, fmt.Sprintf("%d: %s, %s: %s", g.number, prose.Plural(g.cells, "cell"), g.examples[0],
			r.says(g.first, g)))
	}
	return "more findings:\n" + strings.Join(lines, "\n")
}
