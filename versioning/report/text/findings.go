package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
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
	list := found.MostImportant()
	// What was asked is the newest stage.
	slices.SortStableFunc(list, func(a, b *told.Finding) int { return -compareBool(a.OfNewest(), b.OfNewest()) })
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
	word, paint := label(f)
	indent := utf8.RuneCountInString(word) + 2
	say := func(text string) {
		if text != "" {
			b.Printf("%*s%s\n", indent, "", prose.Wrap(prose.Plain(text), terminal.Width, indent))
		}
	}
	b.Printf("%s  %s\n", b.Paint(paint, word), b.Paint(terminal.Bold, prose.Wrap(f.What(), terminal.Width, indent)))
	say(placeAndCounts(f))
	say(f.Detail())
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
	b.examples(f, cells, indent)
	if worst {
		if code := b.code(f); code != "" {
			writeCode(b.Writer, code)
			return
		}
	}
	b.Printf("\n")
}

// code is what to write, "" if nobody can tell it.
func (b *writer) code(f *told.Finding) string {
	if b.opts.Mend == nil || f.Severity < finding.Changed {
		return ""
	}
	return b.opts.Mend(f.CellOf(f.First())).Code
}

// placeAndCounts is where it is, of how many executions, and what becomes of them.
func placeAndCounts(f *told.Finding) string {
	var parts []string
	if f.Cause.Source != "" {
		parts = append(parts, f.Cause.Source)
	}
	if !f.Unjudged() {
		parts = append(parts, f.Executions().Count())
	}
	if fates := f.Executions().Effects(); fates != "" {
		parts = append(parts, fates)
	}
	return strings.Join(parts, "; ")
}

// examples are cells of the finding, those of open executions first, and the command that shows one.
func (b *writer) examples(f *told.Finding, cells []finding.Example, indent int) {
	shown := cells
	if !b.opts.All {
		shown = slices.Clone(cells)
		slices.SortStableFunc(shown, func(a, b finding.Example) int { return compareBool(a.Closed, b.Closed) })
		shown = shown[:min(len(shown), mostExamples)]
	}
	width := 0
	for _, e := range shown {
		width = max(width, utf8.RuneCountInString(f.At(e)))
	}
	for _, e := range shown {
		line := fmt.Sprintf("%*s%-*s  %s", indent, "", width, f.At(e), prose.Plain(e.Cell.String()))
		if width == 0 {
			line = fmt.Sprintf("%*s%s", indent, "", prose.Plain(e.Cell.String()))
		}
		notes := []string{told.ParkText(e.Cell.Result), b.live(e.Cell)}
		if f.Cause.Note != "" {
			notes = nil
		}
		b.Printf("%s\n", beside(line, indent+2, notes...))
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
	if more := len(cells) - len(shown); more > 0 {
		b.Printf("%*sand %s more\n", indent, "", prose.Thousands(more))
	}
	if command := b.explainCommand(shown[0].Cell); command != "" && !f.Unjudged() {
		b.Printf("%*s%s\n", indent, "", command)
	}
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
const longestBeside = 40

// compareBool puts what is not so before what is.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}
