package report

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A told is a finding in the words that all writers use.
type told struct {
	*finding.Finding
	matrix *matrix.Matrix
	opts   CIOptions
}

// findings returns those of the matrices, the most important ones first.
func findings(opts CIOptions, matrices []*matrix.Matrix) (list []*told) {
	for _, m := range matrices {
		list = append(list, findingsOf(opts, m, summarize(opts, m))...)
	}
	return mostImportant(list)
}

// findingsOf are those of one matrix, in the order in which they are met.
func findingsOf(opts CIOptions, m *matrix.Matrix, s *finding.Summary) (list []*told) {
	for _, f := range s.Findings() {
		list = append(list, &told{f, m, opts})
	}
	return list
}

// mostImportant returns the list in the order of finding.Compare.
func mostImportant(list []*told) []*told {
	slices.SortStableFunc(list, func(a, b *told) int { return finding.Compare(a.Finding, b.Finding) })
	return list
}

// A foundInMatrix is what is found in one matrix, in the order in which it is met.
type foundInMatrix struct {
	summary *finding.Summary
	// bad are those that break, drift or could not be judged, otherwise those that replay and
	// answer a query otherwise, noted those that replay with notes.
	bad, otherwise, noted []*told
	cells                 map[*finding.Finding][]finding.Example
}

func foundIn(opts CIOptions, m *matrix.Matrix) foundInMatrix {
	s := summarize(opts, m)
	found := foundInMatrix{summary: s, cells: cellsOf(m, s)}
	for _, f := range findingsOf(opts, m, s) {
		list := &found.bad
		switch {
		case f.Cause.Otherwise:
			list = &found.otherwise
		case f.Cause.Note != "":
			list = &found.noted
		}
		*list = append(*list, f)
	}
	return found
}

// cellsOf are all cells of each finding of the summary, which is that of the matrix.
func cellsOf(m *matrix.Matrix, s *finding.Summary) map[*finding.Finding][]finding.Example {
	cells := map[*finding.Finding][]finding.Example{}
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			if f := s.At(row, c); f != nil {
				cells[f] = append(cells[f], finding.Example{Cell: c, Changes: row.Changes(c)})
			}
		}
	}
	return cells
}

// summarize returns what the matrix tells those who fail on what the options name.
func summarize(o CIOptions, m *matrix.Matrix) *finding.Summary {
	return finding.Of(m, finding.Options{FailOn: o.FailOn})
}

// first is the first cell, which stands for all.
func (f *told) first() finding.Example { return f.Examples[0] }

// fails reports whether the caller has asked to fail on a cell.
func (f *told) fails() bool { return f.Asked > 0 }

// place is the line of code in the repository, the file "" if it is not in there.
func (f *told) place() (file string, line int) {
	if file = FileOf(f.opts, f.first().Cell); file != "" {
		line = f.first().Cell.Divergence.Line
	}
	return file, line
}

// about is what it is about in the place of the verdict: otherwiseRule, a kind of notes, or "".
func (f *told) about() string { return aboutOf(f.Cause) }

func aboutOf(cause finding.Cause) string {
	if cause.Otherwise {
		return otherwiseRule
	}
	return string(cause.Note)
}

// detail is one line for people, never empty.
func (f *told) detail() string { return detailOf(f.opts, f.Cause, f.first()) }

// detailOf is the sentence on the verdict of the cell, or what there is to say where that is good.
func detailOf(o CIOptions, cause finding.Cause, e finding.Example) string {
	const otherwise = "answers otherwise than under the code that ran the execution: "
	answers := changesText(e.Changes)
	switch {
	case cause.Otherwise:
		return prose.Plain("replays, and yet " + otherwise + answers)
	case cause.Note != "":
		return notedText(o, e.Cell)
	case answers != "":
		return prose.Plain(finding.Sentence(e.Cell) + "; and it " + otherwise + answers)
	default:
		return prose.Plain(finding.Sentence(e.Cell))
	}
}

// notedText is what the notes say that a pipeline tells of.
func notedText(o CIOptions, c matrix.Cell) string {
	var says []string
	for _, n := range Noted(o, c) {
		says = append(says, n.text)
	}
	return strings.Join(says, "; also: ")
}

func changesText(changes []matrix.Change) string {
	var texts []string
	for _, a := range changes {
		texts = append(texts, answerChange(a))
	}
	return strings.Join(texts, "; ")
}

// notesWord is what notes of the kind are called.
func notesWord(kind replay.NoteKind) string {
	if kind.Finding() {
		return "findings"
	}
	return "notes"
}

// fileOf is the file of a line of source: "order/charge.go" of "order/charge.go:31".
func fileOf(source string) string {
	if i := strings.LastIndex(source, ":"); i >= 0 {
		return source[:i]
	}
	return source
}

// otherwiseRule is the rule of what --fail-on otherwise stands for, which is no verdict.
const otherwiseRule = "otherwise"
