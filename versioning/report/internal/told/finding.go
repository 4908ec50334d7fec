// Package told holds the words that all writers of reports share: for findings, for transitions,
// for where an execution can wait, and for what no replay proves or uses.
package told

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// A Finding is a finding in the words that all writers use.
type Finding struct {
	*finding.Finding
	Matrix  *matrix.Matrix
	Options report.CIOptions

	summary    *finding.Summary
	executions func() map[*finding.Finding]*Executions
}

// Findings returns the findings of the matrices, the most important first.
func Findings(opts report.CIOptions, matrices []*matrix.Matrix) (list []*Finding) {
	for _, m := range matrices {
		list = append(list, FindingsOf(opts, m, Summarize(opts, m))...)
	}
	return MostImportant(list)
}

// FindingsOf returns the findings of one matrix, in the order in which they occur.
func FindingsOf(opts report.CIOptions, m *matrix.Matrix, s *finding.Summary) (list []*Finding) {
	executions := sync.OnceValue(func() map[*finding.Finding]*Executions { return executionsIn(m, s) })
	for _, f := range s.Findings() {
		list = append(list, &Finding{f, m, opts, s, executions})
	}
	return list
}

// MostImportant sorts the list in the order of finding.Compare and returns it.
func MostImportant(list []*Finding) []*Finding {
	slices.SortStableFunc(list, func(a, b *Finding) int { return finding.Compare(a.Finding, b.Finding) })
	return list
}

// A Found holds the findings of one matrix, in the order in which they occur.
type Found struct {
	Family  string
	Summary *finding.Summary
	// Bad are the findings whose cells break, drift or could not be judged. Otherwise are the
	// findings whose cells replay and answer a query otherwise. Noted are the findings whose cells
	// replay with notes.
	Bad, Otherwise, Noted []*Finding
	Cells                 map[*finding.Finding][]finding.Example
}

// FoundIn returns the findings of the matrix.
func FoundIn(opts report.CIOptions, m *matrix.Matrix) Found {
	s := Summarize(opts, m)
	found := Found{Family: m.Family.Name, Summary: s, Cells: CellsOf(m, s)}
	for _, f := range FindingsOf(opts, m, s) {
		list := &found.Bad
		switch {
		case f.Cause.Otherwise:
			list = &found.Otherwise
		case f.Cause.Note != "":
			list = &found.Noted
		}
		*list = append(*list, f)
	}
	return found
}

// MostImportant returns all findings, the most important first.
func (f Found) MostImportant() []*Finding {
	return MostImportant(slices.Concat(f.Bad, f.Otherwise, f.Noted))
}

// NewestFirst is MostImportant, with what is about the newest stage first: that is what was asked.
func (f Found) NewestFirst() []*Finding { return first(f.MostImportant(), (*Finding).OfNewest) }

// first is the list with those first of which is says so, in its order otherwise.
func first[T any](list []T, is func(T) bool) (sorted []T) {
	var rest []T
	for _, one := range list {
		if is(one) {
			sorted = append(sorted, one)
		} else {
			rest = append(rest, one)
		}
	}
	return append(sorted, rest...)
}

// CellsOf returns all cells of each finding of the summary. The summary must be the summary of the
// matrix.
func CellsOf(m *matrix.Matrix, s *finding.Summary) map[*finding.Finding][]finding.Example {
	cells := map[*finding.Finding][]finding.Example{}
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			if f := s.At(row, c); f != nil {
				cells[f] = append(cells[f], finding.Example{Cell: c, Closed: row.Closed, Changes: row.Changes(c)})
			}
		}
	}
	return cells
}

// Summarize returns the summary of the matrix, for a caller who fails on what the options name.
func Summarize(o report.CIOptions, m *matrix.Matrix) *finding.Summary {
	return finding.Of(m, finding.Options{FailOn: o.FailOn})
}

// First is the first cell of the finding. It is the example for all its cells.
func (f *Finding) First() finding.Example { return f.Examples[0] }

// Newest is the name of the newest stage.
func (f *Finding) Newest() string { return f.Matrix.Family.Stages[len(f.Matrix.Family.Stages)-1].Name }

// SharesType reports whether executions of one workflow type were begun by several functions.
func (f *Finding) SharesType() bool {
	t := f.First().Cell.Cause.Type
	return t != nil && len(t.Others) > 0
}

// OfNewest reports whether it is about the newest stage: about a deploy of it, or a rollback of its executions. Of a
// catalogue all changes are as new.
func (f *Finding) OfNewest() bool {
	newest := f.Newest()
	return f.Matrix.Family.Catalogue || slices.Contains(f.Stages, newest) ||
		slices.ContainsFunc(f.Lineages, func(l finding.Lineage) bool { return l.Known() && l.Stages[len(l.Stages)-1] == newest })
}

// Fails reports whether the caller has asked to fail on a cell.
func (f *Finding) Fails() bool { return f.Asked > 0 }

// Place is the line of code in the repository. The file is "" if it is not in the repository.
func (f *Finding) Place() (file string, line int) {
	if file = File(f.Options, f.First().Cell); file != "" {
		line = PlaceOf(f.Options, f.First().Cell).Line
	}
	return file, line
}

// About is OtherwiseRule, the kind of the notes, or that of the effect, for a finding that is not
// about its verdict.
// For other findings it is "".
func (f *Finding) About() string { return aboutOf(f.Cause) }

func aboutOf(cause finding.Cause) string {
	if cause.Otherwise {
		return OtherwiseRule
	}
	return cmp.Or(string(cause.Note), cause.Live)
}

// More says how many cells are not shown, and how many of those are of open executions. It is "" for none.
func (f *Finding) More(shown []finding.Example) string {
	cells, open := f.Cells-len(shown), f.Open
	for _, e := range shown {
		if !e.Closed {
			open--
		}
	}
	switch {
	case cells == 0:
		return ""
	case open == 0, f.Unjudged():
		return "and " + prose.Thousands(cells) + " more"
	case open == cells:
		return "and " + prose.Thousands(cells) + " more, open too"
	default:
		return fmt.Sprintf("and %s more, %s of them open", prose.Thousands(cells), prose.Thousands(open))
	}
}

// Fault is Detail without what to do, for where that stands beside it.
func (f *Finding) Fault() string {
	if fault := advice.Fault(f.First().Cell.Result); fault != "" && f.Cause.Note == "" && f.Cause.Verdict.Incompatible() {
		return prose.Plain(fault)
	}
	return f.Detail()
}

// OpenFirst are the cells, those of open executions before those of closed ones.
func OpenFirst(cells []finding.Example) []finding.Example {
	return first(cells, func(e finding.Example) bool { return !e.Closed })
}

// State says whether the execution of the cell was open when it was recorded. It is "" where nobody knows.
func (f *Finding) State(e finding.Example) string {
	switch {
	case f.Unjudged():
		return ""
	case e.Closed:
		return "closed"
	default:
		return "open"
	}
}

// Detail is one line for people, never empty.
func (f *Finding) Detail() string { return DetailOf(f.Options, f.Cause, f.First()) }

// DetailOf is the sentence on the verdict of the cell. If the verdict is good, it is the sentence
// on the answers or the notes of the cell.
func DetailOf(o report.CIOptions, cause finding.Cause, e finding.Example) string {
	const otherwise = "answers otherwise than under the code that ran the execution: "
	answers := changesText(e.Changes)
	switch {
	case cause.Otherwise:
		return prose.Plain("replays, and yet " + otherwise + answers)
	case cause.Note != "":
		return notedText(o, e.Cell)
	case cause.Live != "":
		return "replays, and a live Worker does otherwise: " + prose.Plain(advice.Live(e.Cell.Effects))
	case answers != "":
		return prose.Plain(finding.Sentence(e.Cell) + "; and it " + otherwise + answers)
	default:
		return prose.Plain(finding.Sentence(e.Cell))
	}
}

// notedText is what the notes say that a pipeline tells of.
func notedText(o report.CIOptions, c matrix.Cell) string {
	var says []string
	for _, n := range Notes(o, c) {
		says = append(says, n.Text)
	}
	return strings.Join(says, "; also: ")
}

func changesText(changes []matrix.Change) string {
	var texts []string
	for _, a := range changes {
		texts = append(texts, words.AnswerChange(a))
	}
	return strings.Join(texts, "; ")
}

// NotesWord is the word for notes of the kind: "findings" or "notes".
func NotesWord(kind replay.NoteKind) string {
	if kind.Finding() {
		return "findings"
	}
	return "notes"
}

// SourceFile is the file name in a source line: "order/charge.go" for "order/charge.go:31".
func SourceFile(source string) string {
	if i := strings.LastIndex(source, ":"); i >= 0 {
		return source[:i]
	}
	return source
}

// OtherwiseRule is the rule for cells that answer a query otherwise, as in --fail-on otherwise. It
// is not a verdict.
const OtherwiseRule = "otherwise"
