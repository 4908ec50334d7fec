package text

import (
	"strings"

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
			writeCode(b.Writer, part.Code)
			continue
		}
		padding := strings.Repeat(" ", max(0, labelWidth-len(part.Label)))
		if padding == "" {
			padding = "\n" + strings.Repeat(" ", labelWidth) // a label that is too long has a line of its own
		}
		b.Printf("%s%s%s\n", b.Paint(terminal.Bold, part.Label), padding,
			prose.Wrap(prose.Plain(part.Text), b.Width, labelWidth))
	}
}
