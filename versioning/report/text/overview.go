package text

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// OverviewOptions say how Overview writes.
type OverviewOptions struct {
	// Color marks answers with ANSI colours. The colours say nothing that the text does not say.
	Color bool
	// Command is the name of the command in hints, such as "replaymatrix". Empty means that there is
	// none.
	Command string
}

// Overview writes the answer to the first question, whether to deploy, and then one line for each family: what
// deploying its newest stage does to the recorded executions, what rolling back from it does, and how many
// recordings say so.
func Overview(w io.Writer, opts OverviewOptions, matrices ...*matrix.Matrix) error {
	b := &overview{Writer: terminal.New(w, opts.Color), opts: opts}
	for _, m := range matrices {
		b.families = append(b.families, told.Answer(m, told.Summarize(report.CIOptions{}, m)))
	}
	slices.SortStableFunc(b.families, func(f, other *told.Answered) int {
		switch {
		case f.Family.Reference && other.Family.Reference:
			return 0 // their order is that in which one reads them
		case f.Family.Reference != other.Family.Reference:
			return compareBool(f.Family.Reference, other.Family.Reference)
		}
		return cmp.Or(-cmp.Compare(f.Deploy, other.Deploy), -cmp.Compare(f.Rollback, other.Rollback))
	})
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
	var deployed []*told.Answered
	for _, f := range b.families {
		if !f.Family.Reference {
			deployed = append(deployed, f)
		}
	}
	if len(deployed) > 0 {
		text := told.DeployTitle(deployed, told.WorstDeploy(deployed), func(stage string) string { return stage })
		b.Printf("%s\n\n", b.Paint(terminal.Bold, prose.Wrap(prose.Plain(text), terminal.Width, 0)))
		return
	}
	families := prose.Thousands(len(b.families)) + " reference families"
	if len(b.families) == 1 {
		families = "1 reference family"
	}
	b.Printf("%s: what breaks here is meant to. It shows what a change does.\n\n",
		b.Paint(terminal.Bold, families))
}

// table has a line for each family.
func (b *overview) table() {
	heads := [4]string{"workflow", "deploy", "roll back", "recordings"}
	var lines [][4]string
	widths := [4]int{}
	measure := func(line [4]string) {
		for i, text := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	measure(heads)
	for _, f := range b.families {
		line := [4]string{prose.Shorten(prose.Plain(f.Family.Name), longestFamily), deployed(f), rolledBack(f), recordings(f)}
		measure(line)
		lines = append(lines, line)
	}
	write := func(line [4]string, paint func(column int, text string) string) {
		var text strings.Builder
		for i, s := range line {
			padding := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(s)+gap)
			if i == len(line)-1 {
				padding = ""
			}
			text.WriteString(paint(i, s) + padding)
		}
		b.Printf("%s\n", text.String())
	}
	write(heads, func(_ int, text string) string { return text })
	for i, line := range lines {
		f := b.families[i]
		write(line, func(column int, text string) string {
			switch column {
			case 1:
				return b.answered(f.Deploy, text)
			case 2:
				return b.answered(f.Rollback, text)
			}
			return text
		})
	}
	b.Printf("\n")
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

// deployed says what deploying the newest stage does to how many recorded executions, and for a catalogue what
// its changes do.
func deployed(f *told.Answered) string {
	var count counted
	for _, t := range f.List {
		switch {
		case f.Family.Catalogue && t.Kind == finding.Deploying:
			count.add(t.Answer(), 1)
		case !f.Family.Catalogue && t.Stage == f.Newest() && (t.Kind == finding.Deploying || t.Kind == finding.Again):
			count.transition(t)
		}
	}
	what := ""
	if f.Family.Catalogue {
		what = "change"
	}
	return count.text(f.Deploy, what)
}

// rolledBack says what rolling back from the newest stage does, by the stages that one can go back to; for a
// catalogue what its base does to executions of the changes.
func rolledBack(f *told.Answered) string {
	var count counted
	if f.Family.Catalogue {
		for _, t := range f.List {
			if t.Kind == finding.RollingBack {
				count.transition(t)
			}
		}
		return count.text(f.Rollback, "")
	}
	for _, t := range f.Back {
		count.add(t.Answer(), 1)
	}
	return count.text(f.Rollback, "stage")
}

// counted are how many have the worst answer, of all.
type counted struct {
	by  map[finding.Answer]int
	all int
}

func (c *counted) add(a finding.Answer, n int) {
	if c.by == nil {
		c.by = map[finding.Answer]int{}
	}
	c.by[a] += n
	c.all += n
}

// transition counts the recordings of one.
func (c *counted) transition(t finding.Transition) {
	for _, g := range t.Groups {
		if hit := g.Open + g.Closed; hit > 0 {
			c.add(g.Answer, hit)
			c.add(finding.Safe, g.Recordings-hit)
			continue
		}
		c.add(g.Answer, g.Recordings)
	}
}

// text is "breaks 3 of 4", with the word for what is counted where that is not the recordings.
func (c *counted) text(worst finding.Answer, word string) string {
	if worst == finding.NotAsked {
		return "–"
	}
	text := map[finding.Answer]string{
		finding.Breaks: "breaks", finding.Changes: "changes", finding.Unknown: told.CannotTell,
		finding.Otherwise: "answers otherwise", finding.Doubted: "look at findings", finding.Safe: "safe",
	}[worst]
	n := c.by[worst]
	if n == 0 || worst == finding.Safe && word == "" {
		return text
	}
	if word != "" {
		return fmt.Sprintf("%s: %d of %s", strings.TrimSuffix(text, " for"), n, prose.Plural(c.all, word))
	}
	if worst == finding.Unknown {
		text += " for"
	}
	return fmt.Sprintf("%s %d of %d", text, n, c.all)
}

// recordings counts them, and those of executions that were open.
func recordings(f *told.Answered) string {
	open := 0
	for _, row := range f.Rows {
		if !row.Closed {
			open++
		}
	}
	if open == 0 {
		return prose.Thousands(len(f.Rows))
	}
	return fmt.Sprintf("%s, %s open", prose.Thousands(len(f.Rows)), prose.Thousands(open))
}

// more names the command that shows what is behind a line: that of the worst family.
func (b *overview) more() {
	if b.opts.Command == "" || len(b.families) == 0 {
		return
	}
	worst := b.families[0] // or the one to read first
	b.Printf("%s   what breaks, where, and what to do\n", prose.Plain(b.opts.Command+" matrix "+prose.ShellWord(worst.Family.Name)))
}
