// Package words says what a replay has seen beside its verdict, and which branches no replay
// proves. All code that prints cells uses these words: reports, golden files, failing tests and
// commands.
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
	// Text is one line for people. It does not name the events, and can be shown as it is.
	Text   string
	events []int64
}

// Notes makes one Note of all notes with the same kind, name, source and text. The order is that of
// the first note of each group.
func Notes(notes []replay.Note) []Note { return Worded(finding.NotedOf(notes)) }

// Worded puts the grouped notes into words.
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

// At names the events of the note: "event 11", "events 6, 10". At is "" if the note is about no
// event.
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

// Short is the kind, the events and the name of the note, for the line of a golden file. Short
// holds no advice, so that a better sentence does not change golden files.
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

// String is the whole note in one line.
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

// NoteLines says what the notes are about. Each Note of Notes is one line.
func NoteLines(notes []replay.Note) (lines []string) {
	for _, n := range Notes(notes) {
		lines = append(lines, n.String())
	}
	return lines
}

// Label is the word before the note in a list with labels: "Finding" or "Note".
func (n Note) Label() string {
	if n.Kind.Finding() {
		return "Finding"
	}
	return "Note"
}

// LongestName is the longest name that leaves room for six columns of verdicts beside the name.
const LongestName = 50
