package text

import (
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

type explainer struct {
	*terminal.Writer
	view *sidebyside.View
}

// labelWidth is that of the labels of a story.
const labelWidth = 15

// story writes the parts of the story.
func (b *explainer) story() {
	for _, part := range b.view.Story() {
		if part.Code != "" {
			b.code(part.Code)
			continue
		}
		padding := strings.Repeat(" ", max(0, labelWidth-len(part.Label)))
		if padding == "" {
			padding = "\n" + strings.Repeat(" ", labelWidth) // a label that is too long has a line of its own
		}
		b.Printf("%s%s%s\n", b.Paint(terminal.Bold, part.Label), padding,
			prose.Wrap(prose.Plain(part.Text), terminal.Width, labelWidth))
	}
}

// code writes Go code as a block. Its lines are to be copied and stay whole; a
// comment that makes one too long goes above it.
func (b *explainer) code(code string) {
	b.Printf("\n")
	for line := range strings.Lines(strings.Trim(code, "\n")) {
		line = strings.TrimRight(line, " \r\n")
		text := prose.Plain(strings.TrimLeft(line, "\t"))
		if text == "" {
			b.Printf("\n")
			continue
		}
		indent := strings.Repeat("    ", 1+len(line)-len(strings.TrimLeft(line, "\t")))
		if statement, comment, found := strings.Cut(text, " // "); found &&
			utf8.RuneCountInString(indent+text) > terminal.Width {
			comment = strings.ReplaceAll(comment, " // ", ", ")
			b.Printf("%s// %s\n", indent, wrapComment(comment, indent+"// "))
			text = statement
		}
		b.Printf("%s%s\n", indent, text)
	}
	b.Printf("\n")
}

func wrapComment(text, indent string) string {
	width := terminal.Width - utf8.RuneCountInString(indent)
	return strings.Join(prose.Lines(text, width, width), "\n"+indent)
}
