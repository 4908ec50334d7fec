// Package finding says what the cells of a matrix mean, once for everybody who tells of them:
// whether a stage may be deployed and rolled back to, which cells have one cause, how bad it
// is, and what the recordings do not prove.
//
//	s := finding.New(family, finding.Options{})
//	for row := range matrix.Rows(ctx, family, sources, options) {
//		s.Add(row)
//	}
//	if s.Deploy() == finding.Breaks { … s.Findings()[0] … }
//
// It takes rows as they come and forgets them: what it keeps grows with the findings, stages
// and lineages, and not with the rows. It knows no format, and its
// sentences are those of package advice.
package finding

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// MostExamples is the number of cells that a Finding has as examples.
const MostExamples = 10

// A Finding is what cells of a family have in common that somebody wants to look at. Each
// cell is in one Finding at most.
type Finding struct {
	Cause Cause
	// Severity is the greatest of the cells, None where the verdict is replay.Unjudged.
	Severity Severity

	// Cells is the number of cells, of which the execution was open or closed when it was
	// recorded. A recording that could not be read counts as open.
	Cells, Open, Closed int
	// Asked is the number of cells that Options.FailOn names.
	Asked int

	// Ways is the number of cells by the way on which their executions get to the stage.
	Ways map[Way]int
	// Stages and Lineages are those of the cells, in the order in which they were met.
	Stages   []string
	Lineages []Lineage
	// Releases is the number of releases after the newest one of Stages, 0 in a catalogue.
	Releases int

	// Examples are the first cells, MostExamples at most. Differ is whether a cell says
	// something else than the first one, such as other values, and Elsewhere whether one is
	// about another event.
	Examples          []Example
	Differ, Elsewhere bool
}

// An Example is a cell of a Finding.
type Example struct {
	// Cell is without its Explanation, which is as large as the history.
	Cell matrix.Cell
	// Changes are the queries that are answered otherwise: see matrix.Row.Changes.
	Changes []matrix.Change
}

// Way is the first way on which somebody asks for the cells.
func (f *Finding) Way() Way {
	for _, way := range []Way{ByDeploy, ByOwn} {
		if f.Ways[way] > 0 {
			return way
		}
	}
	return ByRollback
}

// Unjudged reports whether nothing is known of the cells.
func (f *Finding) Unjudged() bool { return f.Cause.Verdict == replay.Unjudged }

// Compare orders findings by what a reader has to look at first: what Options.FailOn names,
// then what is worse, deploys before rollbacks, newer stages before older ones, and many
// cells before few. What is unjudged comes before notes.
func Compare(a, b *Finding) int {
	return cmp.Or(
		-cmp.Compare(min(a.Asked, 1), min(b.Asked, 1)),
		-cmp.Compare(a.answer(), b.answer()),
		-cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Way(), b.Way()),
		cmp.Compare(a.Releases, b.Releases),
		-cmp.Compare(a.Cells, b.Cells),
	)
}

// answer is that to a transition with the worst of the cells.
func (f *Finding) answer() Answer { return answerTo(f.Severity, f.Cause.Verdict) }
