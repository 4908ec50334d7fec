package finding

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Options say what a Summary looks for.
type Options struct {
	// FailOn is what the caller has asked to fail on, nil if nobody has asked. A cell that FailOn
	// names is in a Finding, whatever its verdict.
	FailOn *FailOn
}

// A Summary says what the rows of one family mean. It is not safe for concurrent use.
type Summary struct {
	family *versioning.Family
	opts   Options

	// cells is the number of all cells, rows that of the rows.
	cells, rows int
	// strangers is the number of rows whose lineage nobody knows.
	strangers int
	// began are the stages that began a recorded execution.
	began, partial map[string]bool

	list  []*Finding
	found map[Cause]*collected

	stages   []outcomes
	coverage sample
}

// New returns a Summary without rows.
func New(f *versioning.Family, opts Options) *Summary {
	return &Summary{
		family: f, opts: opts, began: map[string]bool{}, partial: map[string]bool{}, found: map[Cause]*collected{},
		stages: make([]outcomes, len(f.Stages)), coverage: newSample(f),
	}
}

// Of returns the Summary of all rows of the matrix.
func Of(m *matrix.Matrix, opts Options) *Summary {
	s := New(m.Family, opts)
	for _, row := range m.Rows {
		s.Add(row)
	}
	for stage, is := range m.Partial {
		if is {
			s.LeaveOut(stage)
		}
	}
	return s
}

// Add adds a row. The Summary keeps only a few cells of the row, as examples.
func (s *Summary) Add(row matrix.Row) {
	s.rows += row.Count()
	if len(row.Lineage) > 0 {
		s.began[row.Lineage[0]] = true
	} else {
		s.strangers += row.Count()
	}
	from, newest := originOf(s.family, row), &s.family.Stages[len(s.family.Stages)-1]
	now := underNewest(newest.Name, row)
	for _, c := range row.Cells {
		s.cells += row.Count()
		to := indexOf(s.family, c.Stage)
		s.find(row, c, from, to)
		if to >= 0 {
			s.stages[to].add(row, c, from, to, newest, now)
		}
	}
	s.coverage.add(row)
}

// LeaveOut says that the stages have not judged all recordings, as in matrix.Matrix.Partial. The
// Summary then does not report that recordings are missing.
func (s *Summary) LeaveOut(stages ...string) {
	for _, stage := range stages {
		s.partial[stage] = true
	}
}

func (s *Summary) find(row matrix.Row, c matrix.Cell, from origin, to int) {
	cause, found := causeOf(row, c, s.opts.FailOn)
	if !found {
		return
	}
	f := s.found[cause]
	if f == nil {
		f = &collected{
			Finding: Finding{Cause: cause, Ways: map[Way]int{}, Releases: len(s.family.Stages)},
			stages:  map[string]bool{}, lineages: map[string]bool{},
		}
		s.found[cause] = f
		s.list = append(s.list, &f.Finding)
	}
	f.count(row, c, from, to)
	if s.opts.FailOn.Names(row, c) {
		f.Asked += row.Count()
	}
	f.Releases = min(f.Releases, s.releasesAfter(to))
	f.example(row, c, s.opts.FailOn)
}

// releasesAfter is the number of releases after the stage. Those of a catalogue are all as new.
func (s *Summary) releasesAfter(to int) int {
	if s.family.Catalogue {
		return 0
	}
	return len(s.family.Stages) - 1 - to
}

// Findings returns the findings of all rows, also those that could not be judged. They are in the
// order in which they were met. Compare orders them by importance.
func (s *Summary) Findings() []*Finding { return slices.Clone(s.list) }

// At returns the Finding of the cell, nil if the cell is in no Finding. The row must have been
// added before.
func (s *Summary) At(row matrix.Row, c matrix.Cell) *Finding {
	cause, found := causeOf(row, c, s.opts.FailOn)
	if !found || s.found[cause] == nil {
		return nil
	}
	return &s.found[cause].Finding
}

// Cells returns the number of all cells, in findings or not.
func (s *Summary) Cells() int { return s.cells }
