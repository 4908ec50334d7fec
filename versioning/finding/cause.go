package finding

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Cause is the reason why cells form one Finding. Cells with equal causes are in the same
// Finding.
type Cause struct {
	// Verdict is the verdict of the cells.
	Verdict replay.Verdict
	// Source is the line of workflow code, empty if the line is unknown.
	Source string
	// Otherwise is whether the cells replay, but answer queries differently from the code that ran
	// the execution.
	Otherwise bool
	// Note is the kind of the notes. It is set if the cells replay and only their notes need a
	// look. If the notes have several kinds, Note is the first of these kinds in the catalogue.
	Note replay.NoteKind
	// Live is what a live Worker does next: "stuck", "closes", "hangs" or "roll". It is set if the
	// cells replay, and the caller has asked to fail on that.
	Live string
	// rest is what else the cells have in common.
	rest string
}

// causeOf returns the cause of the cell, and whether somebody wants to look at the cell at all.
// It is the one place that says which cells are one Finding.
func causeOf(row matrix.Row, c matrix.Cell, f *FailOn) (cause Cause, found bool) {
	var queries []string
	for _, change := range row.Changes(c) {
		queries = append(queries, change.Now.Query) // answers differ from execution to execution
	}
	cause = Cause{Verdict: c.Verdict, Source: c.Place.Source}
	told := f.Told(c)
	switch {
	case c.Verdict.Incompatible(), c.Verdict == replay.Unjudged:
		cause.rest = alike(c)
		if len(queries) > 0 {
			cause.rest += fmt.Sprintf("\n%q", queries)
		}
	case len(queries) > 0:
		// Two stages have two changes that answer otherwise, as no line of code tells.
		cause.Otherwise, cause.rest = true, fmt.Sprintf("%q %q", c.Stage, queries)
	case len(told) > 0 && c.Verdict != replay.NotApplicable:
		// The order is that of the execution, which is no matter.
		slices.SortFunc(told, func(a, b Noted) int {
			return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.key(c), b.key(c)))
		})
		cause.Note, cause.Source = told[0].Kind, told[0].Source
		for _, n := range told {
			cause.rest += n.key(c)
		}
	default:
		why, fails := f.Reason(row, c)
		if !fails {
			return Cause{}, false
		}
		if cause.Live = why.live(); cause.Live != "" {
			cause.Source = f.Place(c).Source
			cause.rest = fmt.Sprintf("%q %s", c.Stage, why.Effect.News.Kind)
		} else {
			cause.rest = alike(c)
		}
	}
	return cause, true
}

// Sentence returns one line for people about the verdict of the cell. The line is never empty.
func Sentence(c matrix.Cell) string { return cmp.Or(advice.Line(c.Result), c.Verdict.Info().Doc) }

// A Noted combines the notes of one cell that say the same thing, about one or more events.
type Noted struct {
	Kind               replay.NoteKind
	Name, Source, Text string
	Events             []int64
}

// NotedOf combines notes that say the same thing. The result keeps the order of the notes.
func NotedOf(notes []replay.Note) (list []Noted) {
	for _, n := range notes {
		text := advice.Note(n)
		i := slices.IndexFunc(list, func(o Noted) bool {
			return o.Kind == n.Kind && o.Name == n.Name && o.Source == n.Source && o.Text == text
		})
		if i < 0 {
			i = len(list)
			list = append(list, Noted{Kind: n.Kind, Name: n.Name, Source: n.Source, Text: text})
		}
		if n.Event != 0 && !slices.Contains(list[i].Events, n.Event) {
			list[i].Events = append(list[i].Events, n.Event)
		}
	}
	return list
}

// rank is the place of the kind in the catalogue.
func (n Noted) rank() int {
	return slices.IndexFunc(replay.Notes(), func(info replay.NoteInfo) bool { return info.Kind == n.Kind })
}

// key is what notes have in common about which a person has to know once: of a value that is
// read somewhere the line of code says it, as executions differ in the value.
func (n Noted) key(c matrix.Cell) string {
	if n.Source != "" {
		return fmt.Sprintf("%q", []string{string(n.Kind), n.Name, n.Source, c.Stage})
	}
	return fmt.Sprintf("%q", []string{string(n.Kind), n.Name, n.Text})
}
