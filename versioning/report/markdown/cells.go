package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// cellTable is that of the cells, with a column for notes if there are any.
func cellTable(f *told.Finding) string {
	noted := slices.ContainsFunc(f.Examples, func(e finding.Example) bool { return len(f.Notes(e)) > 0 })
	text, end := "| event | execution | cell |\n|---:|---|---|\n", "|\n"
	if noted {
		text = "| event | execution | cell | note |\n|---:|---|---|---|\n"
	}
	for _, e := range f.Examples {
		event := strings.TrimPrefix(strings.TrimPrefix(f.At(e), "events "), "event ")
		text += fmt.Sprintf("| %s | %s | %s ", prose.Markdown(event), f.State(e), prose.Code(e.Cell.String()))
		if noted {
			notes := f.Notes(e)
			for i := range notes {
				notes[i] = prose.Markdown(notes[i])
			}
			text += "| " + strings.Join(notes, "<br>") + " "
		}
		text += end
	}
	if more := f.More(f.Examples); more != "" {
		if command := told.AllCommand(f.Options, f.Matrix.Family.Name); command != "" {
			more += ": " + prose.Code(command)
		}
		if text += "| | | " + more + " "; noted {
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
