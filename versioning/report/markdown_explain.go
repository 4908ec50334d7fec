package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// ExplainMarkdownOptions say how ExplainMarkdown writes.
type ExplainMarkdownOptions struct {
	MarkdownOptions

	// All is that of ExplainOptions.
	All bool
}

// ExplainMarkdown writes explained cells for a comment or a job summary: what the
// verdict means, what changed and what to do, with the Go code for it; history and
// code side by side are a block that opens. Cells that do not fit into the limit are
// left out from the end on, and the last sentence says how many.
func ExplainMarkdown(w io.Writer, opts ExplainMarkdownOptions, cells ...Explained) error {
	limit := cmp.Or(opts.Limit, MarkdownLimit)
	if limit < leastMarkdown {
		return fmt.Errorf("writing the explanation as Markdown: a limit of %d bytes is too little, give it %d or more", limit, leastMarkdown)
	}
	text := fmt.Sprintf("<!-- %s explain -->\n", strings.ReplaceAll(prose.Plain(opts.command()), "--", "- -"))
	const room = 600 // for the last sentences
	for i, e := range cells {
		table, err := explainedTable(opts, e)
		if err != nil {
			return err
		}
		story := explainedStory(opts, e)
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
				prose.Thousands(limit), prose.Plural(len(cells)-i, "cell"), prose.Code(opts.command()+" explain"))
			break
		}
	}
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("writing the explanation as Markdown: %w", err)
	}
	return nil
}

// explainedTable is the table of Explain as a block that opens, "" if there is none.
func explainedTable(opts ExplainMarkdownOptions, e Explained) (string, error) {
	if e.Cell.Explanation == nil {
		return "", nil
	}
	var table bytes.Buffer
	b := newExplainWriter(&table, ExplainOptions{All: opts.All}, e.Cell)
	b.table()
	if err := b.Flush(); err != nil {
		return "", fmt.Errorf("writing the explanation as Markdown: %w", err)
	}
	if table.Len() == 0 {
		return "", nil
	}
	return prose.Details("History and code side by side", prose.Fenced("text", table.String())), nil
}

func explainedStory(opts ExplainMarkdownOptions, e Explained) string {
	c := e.Cell
	icon := cellIcon(c)
	text := fmt.Sprintf("### %s %s\n\n", icon, prose.Code(c.String()))
	text += meaningOf(c.Verdict.Info())
	b := newExplainWriter(io.Discard, ExplainOptions{All: opts.All, Live: e.Live}, c)
	if place := b.place(); place != "" {
		text += ", at " + prose.Markdown(place)
	}
	if file := opts.file(c); file != "" {
		text += fmt.Sprintf(" (%s)", prose.Code(fmt.Sprintf("%s:%d", file, c.Divergence.Line)))
	}
	text += ".\n\n"
	if meaning := b.meaning(); meaning != "" {
		text += prose.Markdown(meaning) + "\n\n"
	}
	b.tell = func(label, part string) {
		if label == "" {
			text += "- " + prose.Markdown(part) + "\n"
			return
		}
		text += fmt.Sprintf("- **%s**: %s\n", label, prose.Markdown(part))
	}
	b.show = func(source string) { text += "\n" + prose.Fenced("go", plainLines(source)) + "\n" }
	b.story()
	return text + "\n"
}

// plainLines is the text without what would drive a terminal; its lines and tabs stay.
func plainLines(text string) string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for i, line := range lines {
		body := strings.TrimLeft(line, "\t")
		lines[i] = line[:len(line)-len(body)] + prose.Plain(strings.TrimRight(body, "\r"))
	}
	return strings.Join(lines, "\n")
}
