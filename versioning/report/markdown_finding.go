package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// markdown is the finding: its summary names the line, its body the cells.
func (f *finding) markdown(opts CIOptions) string {
	place := ""
	if f.file != "" {
		place = fmt.Sprintf("%s:%d", f.file, f.line)
	} else if f.source != "" {
		place = f.source
	}
	summary := fmt.Sprintf("<b>%s</b> ", prose(f.verdict.Info().Symbol))
	switch {
	case f.about == otherwiseRule:
		summary = "<b>OTHERWISE</b> "
	case isNote(f.about):
		summary = "<b>" + strings.ToUpper(noted{kind: replay.NoteKind(f.about)}.label()) + "</b> "
	}
	summary += prose(f.what())
	if events := f.events(); events != "" {
		summary += ", " + prose(events)
	}
	if place != "" {
		summary += ", " + htmlCode(place)
	}
	if f.verdict != replay.Unjudged {
		summary += fmt.Sprintf(" (%s)", plural(len(f.cells), "cell"))
	}

	body := prose(f.detail) + "\n\n"
	if f.weight == failure {
		body = "This is what the check fails on.\n\n" + body
	}
	more := moreDifferences(f.cells[0])
	for _, text := range more {
		body += "- " + prose(text) + "\n"
	}
	if len(more) > 0 {
		body += "\n"
	}
	body += f.table() + "\n"
	if command := opts.explain(f.cells[0]); command != "" {
		body += fenced("sh", command)
	}
	return details(summary, body)
}

// table is that of the cells, with a column for notes if there are any.
func (f *finding) table() string {
	shown := f.cells[:min(len(f.cells), mostCells)]
	noted := slices.ContainsFunc(shown, func(c matrix.Cell) bool { return len(f.notes(c)) > 0 })
	text, end := "| event | cell |\n|---:|---|\n", "|\n"
	if noted {
		text = "| event | cell | note |\n|---:|---|---|\n"
	}
	for _, c := range shown {
		event := strings.TrimPrefix(strings.TrimPrefix(f.at(c), "events "), "event ")
		text += fmt.Sprintf("| %s | %s ", prose(event), code(c.String()))
		if noted {
			notes := f.notes(c)
			for i := range notes {
				notes[i] = prose(notes[i])
			}
			text += "| " + strings.Join(notes, "<br>") + " "
		}
		text += end
	}
	if n := len(f.cells) - mostCells; n > 0 {
		if text += fmt.Sprintf("| | and %s more ", thousands(n)); noted {
			text += "| "
		}
		text += end
	}
	return text
}

// events are those at which history and code part.
func (f *finding) events() string {
	first := f.at(f.cells[0])
	if first != "" && slices.ContainsFunc(f.cells, func(c matrix.Cell) bool { return f.at(c) != first }) {
		return first + " and others"
	}
	return first
}
