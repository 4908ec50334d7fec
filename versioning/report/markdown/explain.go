package markdown

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// ExplainOptions say how Explain writes.
type ExplainOptions struct {
	Options

	// All has the meaning of All in text.ExplainOptions.
	All bool
}

// Explain writes explained cells for a comment or a job summary. For each cell Explain says what
// the verdict means, what changed and what to do, with Go code. History and code side by side are
// in a block that opens on a click. If the cells do not fit into the limit, Explain leaves out the
// last ones. The last sentence says how many.
func Explain(w io.Writer, opts ExplainOptions, cells ...report.Explained) error {
	limit := cmp.Or(opts.Limit, Limit)
	if limit < leastLimit {
		return fmt.Errorf("writing the explanation as Markdown: a limit of %d bytes is too little, give it %d or more",
			limit, leastLimit)
	}
	text := fmt.Sprintf("<!-- %s explain -->\n",
		strings.ReplaceAll(prose.Plain(told.Command(opts.CIOptions)), "--", "- -"))
	const room = 600 // for the last sentences
	for i, e := range cells {
		table, story := explainedTable(opts, e), explainedStory(opts, e)
		switch {
		case len(text)+len(story)+len(table)+room <= limit:
			text += story + table
			continue
		case len(text)+len(story)+room <= limit:
			text += story + "> **Left out**: history and code side by side, which are too long for this place.\n\n"
			i++
		}
		if i < len(cells) {
			text += fmt.Sprintf("> **Left out**, to stay below %s bytes: %s. %s shows everything.\n",
				prose.Thousands(limit), prose.Plural(len(cells)-i, "cell"),
				prose.Code(told.Command(opts.CIOptions)+" explain"))
			break
		}
	}
	if _, err := io.WriteString(w, prose.Harmless(text)); err != nil {
		return fmt.Errorf("writing the explanation as Markdown: %w", err)
	}
	return nil
}

// explainedTable is the table of Explain as a block that opens, "" if there is none.
func explainedTable(opts ExplainOptions, e report.Explained) string {
	table := sidebyside.Table(sidebyside.New(e, opts.All))
	if table == "" {
		return ""
	}
	return prose.Details("History and code side by side", prose.Fenced("text", table))
}

func explainedStory(opts ExplainOptions, e report.Explained) string {
	c := e.Cell
	icon := cellIcon(c)
	text := fmt.Sprintf("### %s %s\n\n", icon, prose.Code(c.String()))
	v := sidebyside.New(e, opts.All)
	text += meaningOf(c.Verdict.Info(), v.Headline())
	if place := v.Place(); place != "" {
		text += ", at " + prose.Markdown(place)
	}
	if file := told.File(opts.CIOptions, c); file != "" {
		text += fmt.Sprintf(" (%s)", prose.Code(fmt.Sprintf("%s:%d", file, told.PlaceOf(opts.CIOptions, c).Line)))
	}
	text += ".\n\n"
	if meaning := v.Meaning(); meaning != "" {
		text += prose.Markdown(meaning) + "\n\n"
	}
	for _, part := range v.Story() {
		switch {
		case part.Code != "":
			text += "\n" + prose.Fenced("go", prose.PlainLines(part.Code)) + "\n"
		case part.Label == "":
			text += "- " + prose.Markdown(part.Text) + "\n"
		default:
			text += fmt.Sprintf("- **%s**: %s\n", part.Label, prose.Markdown(part.Text))
		}
	}
	return text + "\n"
}
