package text

import (
	"fmt"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// The numbers of what is shown if nobody asks for all.
const (
	mostFindings = 10
	mostExamples = 3
)

// findings are the findings of the family, what is worst first.
func (b *writer) findings(found told.Found) {
	list := found.NewestFirst()
	shown := list
	if !b.opts.All {
		shown = list[:min(len(list), mostFindings)]
	}
	for i, f := range shown {
		if !f.OfNewest() && (i == 0 || shown[i-1].OfNewest()) {
			b.Printf("Of other stages than the newest:\n\n")
		}
		b.finding(f, found.Cells[f.Finding], i == 0)
	}
	if more := len(list) - len(shown); more > 0 {
		b.Printf("and %s%s\n\n", prose.Plural(more, "more finding"), b.allCommand(found.Family, ": "))
	}
}

func (b *writer) finding(f *told.Finding, cells []finding.Example, worst bool) {
	word, paint := f.Label(), labelColor(f)
	indent := utf8.RuneCountInString(word) + 2
	say := func(text string) {
		if text != "" {
			b.Printf("%*s%s\n", indent, "", prose.Wrap(prose.Plain(text), b.Width, indent))
		}
	}
	b.Printf("%s  %s\n", b.Paint(paint, word), b.Paint(terminal.Bold, prose.Wrap(f.What(), b.Width, indent)))
	say(f.PlaceAndCounts())
	var mending report.Mending
	if worst {
		mending = b.mending(f)
	}
	if mending.Code == "" {
		say(f.Detail())
	} else {
		say(f.Fault())
		say(f.Do(mending))
	}
	if f.Cause.Note == "" {
		for _, text := range told.MoreDifferences(f.First().Cell) {
			say(text)
		}
	}
	if rules := advice.AllowRules(f.First().Cell.Result); len(rules) > 0 {
		say("or, if it may differ, in Config.Allow:")
		for _, rule := range rules { // as one line, to be pasted
			b.Printf("%*s  %s\n", indent, "", prose.Plain(rule))
		}
	}
	if mending.Code != "" {
		writeCode(b.Writer, mending.Code)
	}
	b.examples(f, cells, indent)
	b.Printf("\n")
}

// mending is what to do and what to write, which are empty if nobody can tell it.
func (b *writer) mending(f *told.Finding) (m report.Mending) {
	if b.opts.Mend == nil || f.Severity < finding.Changed {
		return m
	}
	return b.opts.Mend(f.CellOf(f.First()))
}

// examples are cells of the finding, those of open executions first, and the command that shows one.
func (b *writer) examples(f *told.Finding, cells []finding.Example, indent int) {
	shown := told.OpenFirst(cells)
	if !b.opts.All {
		shown = shown[:min(len(shown), mostExamples)]
	}
	width := 0
	for _, e := range shown {
		width = max(width, utf8.RuneCountInString(f.At(e)))
	}
	for _, e := range shown {
		line := fmt.Sprintf("%*s%s%s", indent, "", state(f, e), prose.Plain(e.Cell.String()))
		if width > 0 {
			line = fmt.Sprintf("%*s%-*s  %s%s", indent, "", width, f.At(e), state(f, e), prose.Plain(e.Cell.String()))
		}
		notes := []string{told.ParkText(e.Cell.Result), b.live(e.Cell)}
		if f.Cause.Note != "" {
			notes = nil
		}
		b.Printf("%s\n", b.beside(line, indent+2, notes...))
		if f.Cause.Note != "" {
			continue
		}
		if b.opts.All {
			for _, change := range e.Changes {
				b.also(indent, words.AnswerChange(change))
			}
		}
		for _, n := range told.Notes(f.Options, e.Cell) {
			b.also(indent, n.String())
		}
	}
	if more := f.More(shown); more != "" {
		b.Printf("%*s%s%s\n", indent, "", more, b.allCommand(f.Matrix.Family.Name, ": "))
	}
	if command := b.explainCommand(shown[0].Cell); command != "" && !f.Unjudged() {
		b.Printf("%*s%s\n", indent, "", command)
	}
}

// state is the column of told.State.
func state(f *told.Finding, e finding.Example) string {
	if state := f.State(e); state != "" {
		return fmt.Sprintf("%-*s  ", len("closed"), state)
	}
	return ""
}

// live is what a live Worker does next, where that is asked for or short: what becomes of how many stands above.
func (b *writer) live(c matrix.Cell) string {
	text := told.Live(c)
	if !b.opts.All && utf8.RuneCountInString(text) > longestBeside {
		return ""
	}
	return text
}

// longestBeside is the number of characters that can stand beside a cell.
const longestBeside = 60
