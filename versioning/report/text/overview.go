package text

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// OverviewOptions say how Overview writes.
type OverviewOptions struct {
	// Color marks answers with ANSI colours. The colours say nothing that the text does not say.
	Color bool
	// Width is the number of columns of the screen, from 80 to 100. 0 means 100.
	Width int
	// Command is the name of the command in hints, such as "replaymatrix". Empty means that there is
	// none.
	Command string
}

// Overview writes the answer to the first question, whether to deploy, and then one line for each family: what
// deploying its newest stage does to the recorded executions, what rolling back from it does, and how many
// recordings say so.
func Overview(w io.Writer, opts OverviewOptions, matrices ...*matrix.Matrix) error {
	b := &overview{Writer: terminal.New(w, opts.Color, opts.Width), opts: opts}
	b.families = told.Overview(matrices)
	b.title()
	b.table()
	b.more()
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the overview: %w", err)
	}
	return nil
}

type overview struct {
	*terminal.Writer
	opts     OverviewOptions
	families []*told.Answered
}

// title is the answer for all families that are not there to teach.
func (b *overview) title() {
	title, rest := told.OverviewTitle(b.families)
	if rest != "" {
		b.Printf("%s: %s\n\n", b.Paint(terminal.Bold, title), rest)
		return
	}
	b.Printf("%s\n\n", b.Paint(terminal.Bold, prose.Wrap(prose.Plain(title), b.Width, 0)))
}

// table has a line for each family. On a narrow screen a line is shorter, and a name that leaves no room for it
// stands above it, whole: it is to be pasted.
func (b *overview) table() {
	lines, widths := b.lines(false)
	if sum(widths) > b.Width {
		lines, widths = b.lines(true)
	}
	room := widths[0]
	if over := sum(widths) - b.Width; over > 0 {
		room -= over
	}
	for i, line := range lines {
		paint := func(_ int, text string) string { return text }
		if i > 0 {
			f := b.families[i-1]
			paint = func(column int, text string) string {
				switch column {
				case 1:
					return b.answered(f.Deploy, text)
				case 2:
					return b.answered(f.Rollback, text)
				}
				return text
			}
		}
		if utf8.RuneCountInString(line[0]) > room {
			b.Printf("%s\n", line[0])
			line[0] = ""
		}
		text := ""
		for column, s := range line {
			width := widths[column]
			if column == 0 {
				width = room
			}
			text += paint(column, s)
			if column < len(line)-1 {
				text += strings.Repeat(" ", width-utf8.RuneCountInString(s)+gap)
			}
		}
		b.Printf("%s\n", text)
	}
	b.Printf("\n")
}

// lines are the heads and one line for each family, with the width of each column.
func (b *overview) lines(short bool) (lines [][4]string, widths [4]int) {
	lines = append(lines, [4]string{"workflow", "deploy", "roll back", "recordings"})
	for _, f := range b.families {
		lines = append(lines, [4]string{prose.Shorten(prose.Plain(f.Family.Name), longestFamily), f.DeployText(short),
			f.RollbackText(short), f.RecordingsText()})
	}
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	return lines, widths
}

// sum is the width of a line.
func sum(widths [4]int) (all int) {
	for _, width := range widths {
		all += width
	}
	return all + gap*(len(widths)-1)
}

const longestFamily = 36

func (b *overview) answered(a finding.Answer, text string) string {
	switch a {
	case finding.Breaks:
		return b.Paint(terminal.Red, text)
	case finding.Safe:
		return b.Paint(terminal.Green, text)
	case finding.NotAsked:
		return text
	}
	return b.Paint(terminal.Yellow, text)
}

// more names the command that shows what is behind a line: that of the worst family.
func (b *overview) more() {
	if b.opts.Command == "" || len(b.families) == 0 {
		return
	}
	worst := b.families[0] // or the one to read first
	b.Printf("%s   %s\n", prose.Plain(b.opts.Command+" matrix "+prose.ShellWord(worst.Family.Name)), told.MatrixPromise)
}
