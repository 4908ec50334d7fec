package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// findingBlock is the finding: its summary names the line, its body the cells.
func findingBlock(f *told.Finding) string {
	place := f.Cause.Source
	if file, line := f.Place(); file != "" {
		place = fmt.Sprintf("%s:%d", file, line)
	}
	summary := fmt.Sprintf("<b>%s</b> ", prose.Markdown(f.Cause.Verdict.Info().Symbol))
	switch {
	case f.Cause.Otherwise:
		summary = "<b>OTHERWISE</b> "
	case f.Cause.Live != "":
		summary = "<b>LIVE</b> "
	case f.Cause.Note != "":
		summary = "<b>" + strings.ToUpper(words.Note{Kind: f.Cause.Note}.Label()) + "</b> "
	}
	summary += prose.Markdown(f.What())
	if events := eventsText(f); events != "" {
		summary += ", " + prose.Markdown(events)
	}
	if place != "" {
		summary += ", " + prose.HTMLCode(place)
	}
	if !f.Unjudged() {
		summary += fmt.Sprintf(" (%s)", prose.Plural(f.Cells, "cell"))
	}

	body := prose.Markdown(f.Detail()) + "\n\n"
	if f.Fails() {
		body = "This is what the check fails on.\n\n" + body
	}
	more := told.MoreDifferences(f.First().Cell)
	for _, text := range more {
		body += "- " + prose.Markdown(text) + "\n"
	}
	if len(more) > 0 {
		body += "\n"
	}
	body += cellTable(f) + "\n"
	if command := told.ExplainCommand(f.Options, f.First().Cell); command != "" {
		body += prose.Fenced("sh", command)
	}
	return prose.Details(summary, body)
}

// cellTable is that of the cells, with a column for notes if there are any.
func cellTable(f *told.Finding) string {
	noted := slices.ContainsFunc(f.Examples, func(e finding.Example) bool { return len(f.Notes(e)) > 0 })
	text, end := "| event | cell |\n|---:|---|\n", "|\n"
	if noted {
		text = "| event | cell | note |\n|---:|---|---|\n"
	}
	for _, e := range f.Examples {
		event := strings.TrimPrefix(strings.TrimPrefix(f.At(e), "events "), "event ")
		text += fmt.Sprintf("| %s | %s ", prose.Markdown(event), prose.Code(e.Cell.String()))
		if noted {
			notes := f.Notes(e)
			for i := range notes {
				notes[i] = prose.Markdown(notes[i])
			}
			text += "| " + strings.Join(notes, "<br>") + " "
		}
		text += end
	}
	if n := f.Cells - len(f.Examples); n > 0 {
		if text += fmt.Sprintf("| | and %s more ", prose.Thousands(n)); noted {
			text += "| "
		}
		text += end
	}
	return text
}

// eventsText are those at which history and code part.
func eventsText(f *told.Finding) string {
	first := f.At(f.First())
	if first != "" && f.Elsewhere {
		return first + " and others"
	}
	return first
}
