package sidebyside

import "github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"

// A table is one that is being written.
type table struct {
	*terminal.Writer
	view *View
}

// loud colours a line that is not the same.
func (b *table) loud(line Line, text string) string {
	switch {
	case line.First:
		return b.Paint(terminal.Bold+terminal.Red, text)
	case line.quiet():
		return text
	case line.Mark == markUnknown || line.Mark == markAllowed:
		return b.Paint(terminal.Yellow, text)
	default:
		return b.Paint(terminal.Red, text)
	}
}
