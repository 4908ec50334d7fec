// Package words says what a replay has seen beside its verdict, and which branches no replay
// proves, for all who print cells: reports, golden files, failing tests and commands.
package words

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Note is a finding.Noted in words.
type Note struct {
	Kind         replay.NoteKind
	name, source string
	// Text is one line for people, without the events, and can be shown as it is.
	Text   string
	events []int64
}

// Notes puts the notes together about which the same is to say, in the order in which
// they are met.
func Notes(notes []replay.Note) []Note { return Worded(finding.NotedOf(notes)) }

// Worded puts into words what has been put together.
func Worded(notes []finding.Noted) (list []Note) {
	for _, n := range notes {
		list = append(list, Note{n.Kind, n.Name, n.Source, prose.Plain(n.Text), n.Events})
	}
	return list
}

// ids are those of the events: "11", "6, 10, 14, 18, 22 and 4 more".
func (n Note) ids() string {
	const most = 5
	var ids []string
	for _, id := range n.events[:min(len(n.events), most)] {
		ids = append(ids, strconv.FormatInt(id, 10))
	}
	text := strings.Join(ids, ", ")
	if more := len(n.events) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// At is where it is: "event 11", "events 6, 10", "" if it is about none.
func (n Note) At() string {
	switch len(n.events) {
	case 0:
		return ""
	case 1:
		return "event " + n.ids()
	default:
		return "events " + n.ids()
	}
}

// Short is the kind, where, and what it is about, for the line of a golden file: no
// advice, and nothing that a better sentence changes.
func (n Note) Short() string {
	text := string(n.Kind)
	if at := n.At(); at != "" {
		text += " at " + at
	}
	if n.name != "" {
		text += " (" + prose.Shorten(prose.Plain(n.name), LongestName) + ")"
	}
	return text
}

// String is all of it in one line.
func (n Note) String() string {
	text := string(n.Kind)
	if at := n.At(); at != "" {
		text += " at " + at
	}
	text += ": " + n.Text
	if n.source != "" {
		text += " (" + prose.Plain(n.source) + ")"
	}
	return text
}

// NoteLines says what the notes are about, a line each: those about which the same is to
// say are one.
func NoteLines(notes []replay.Note) (lines []string) {
	for _, n := range Notes(notes) {
		lines = append(lines, n.String())
	}
	return lines
}

// Label is what precedes it in a list of labels.
func (n Note) Label() string {
	if n.Kind.Finding() {
		return "Finding"
	}
	return "Note"
}

// LongestName leaves room for six columns of verdicts beside a name.
const LongestName = 50
