package text

import (
	"fmt"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// bad lists the findings whose cells break, drift or could not be judged.
func (b *writer) bad(found told.Found) {
	for _, f := range found.Bad {
		verdict := f.Cause.Verdict
		sentence := prose.Plain(finding.Sentence(f.First().Cell))
		b.Printf("%s  %s\n", b.Verdict(verdict, 0), prose.Wrap(sentence, terminal.Width, len(verdict.Info().Symbol)+2))
		for _, e := range found.Cells[f.Finding] {
			line := fmt.Sprintf("  %-10s  %s", f.At(e), e.Cell)
			live := told.Live(e.Cell)
			short := live
			if utf8.RuneCountInString(live) > longestBeside {
				short = ""
			}
			b.Printf("%s\n", beside(line, f.Cause.Source, told.ParkText(e.Cell.Result), short))
			b.more(e.Cell)
			for _, change := range e.Changes {
				b.also(words.AnswerChange(change))
			}
			for _, n := range told.Notes(f.Options, e.Cell) {
				b.also(n.String())
			}
			if short == "" {
				b.live(live)
			}
		}
		b.Printf("\n")
	}
}

// longestBeside is the number of characters of what a live Worker does that can stand beside a cell.
const longestBeside = 50

// more lists the differences of a cell after the first one, which the line above
// the cells has.
func (b *writer) more(c matrix.Cell) {
	const most = 3
	if len(c.Differences) < 2 {
		return
	}
	rest := c.Differences[1:]
	for _, d := range rest[:min(len(rest), most)] {
		b.also(d.String())
	}
	if n := len(rest) - most; n > 0 {
		command := "explain " + c.String()
		if b.explain != nil {
			command = prose.Plain(b.explain(c))
		}
		if command != "" {
			command = ": " + command
		}
		b.Printf("%sand %d more%s\n", belowCell, n, command)
	}
}

// answers lists the cells that replay and tell another story.
func (b *writer) answers(found told.Found) {
	for _, f := range found.Otherwise {
		b.Printf("Replayed, and yet a query answers otherwise than under the code that ran the execution:\n")
		for _, e := range found.Cells[f.Finding] {
			b.Printf("  %s\n", e.Cell)
			for _, change := range e.Changes {
				b.Printf("      %s\n", prose.Wrap(words.AnswerChange(change), terminal.Width, 6))
			}
			for _, n := range told.Notes(f.Options, e.Cell) {
				b.Printf("      %s\n", prose.Wrap(n.String(), terminal.Width, 6))
			}
		}
		b.Printf("\n")
	}
}

// noted lists what nobody can tell from the history alone, under what is said of it.
func (b *writer) noted(found told.Found) {
	const most = 5
	if len(found.Noted) == 0 {
		return
	}
	b.Printf("Findings: the history alone cannot tell whether these break an execution.\n")
	for _, f := range found.Noted {
		head := fmt.Sprintf("%s in %s", f.Cause.Note, prose.Plural(f.Cells, "cell"))
		b.Printf("  %s\n", prose.Wrap(f.NoteSays(head), terminal.Width, 4))
		shown, width := f.Examples[:min(len(f.Examples), most)], 0
		for _, e := range shown {
			width = max(width, len(f.At(e)))
		}
		for _, e := range shown {
			line := fmt.Sprintf("      %-*s  %s", width, f.At(e), prose.Plain(e.Cell.String()))
			b.Printf("%s\n", beside(line, prose.Plain(f.Cause.Source)))
		}
		if more := f.Cells - len(shown); more > 0 {
			b.Printf("      and %s more\n", prose.Thousands(more))
		}
	}
	b.Printf("\n")
}
