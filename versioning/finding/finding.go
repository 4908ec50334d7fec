// Package finding says what the cells of a matrix mean, once for all writers of reports. It says
// whether a stage may be deployed and rolled back to, and which cells have one cause. It says how
// bad a Finding is, and what the recordings do not prove.
//
//	s := finding.New(family, finding.Options{})
//	for row := range matrix.Rows(ctx, family, sources, options) {
//		s.Add(row)
//	}
//	if s.Deploy() == finding.Breaks { … s.Findings()[0] … }
//
// A Summary takes rows one by one and does not keep them. Its memory grows with the findings,
// stages and lineages, not with the rows. Package finding knows no output format. Its sentences
// come from package advice.
package finding

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// MostExamples is the largest number of cells that a Finding keeps as examples.
const MostExamples = 10

// A Finding is a group of cells of a family that have one cause and that somebody wants to look at.
// Each cell is in one Finding at most.
type Finding struct {
	Cause Cause
	// Severity is the greatest severity of the cells. It is None if the verdict is replay.Unjudged.
	Severity Severity

	// Cells is the number of cells. Open and Closed count the cells by whether the execution was
	// open or closed when it was recorded. A recording that could not be read counts as open.
	Cells, Open, Closed int
	// Asked is the number of cells that Options.FailOn names.
	Asked int

	// Ways counts the cells by how their executions get to the stage.
	Ways map[Way]int
	// Stages and Lineages are the stages and lineages of the cells, in the order in which they were
	// met.
	Stages   []string
	Lineages []Lineage
	// Releases is the number of releases after the newest stage in Stages. It is 0 in a catalogue.
	Releases int

	// Examples are the first cells, at most MostExamples, those of open executions before those of closed
	// ones. Differ is whether a cell says something else than the first cell, such as other values.
	// Elsewhere is whether a cell is about another event than the first cell.
	Examples          []Example
	Differ, Elsewhere bool
}

// An Example is a cell of a Finding.
type Example struct {
	// Cell has no Explanation, because an Explanation is as large as the history.
	Cell matrix.Cell
	// Closed is whether the execution was closed when it was recorded.
	Closed bool
	// Changes are the queries that the cell answers differently: see matrix.Row.Changes.
	Changes []matrix.Change
}

// Way returns the first way of the cells, in the order ByDeploy, ByOwn, ByRollback.
func (f *Finding) Way() Way {
	for _, way := range []Way{ByDeploy, ByOwn} {
		if f.Ways[way] > 0 {
			return way
		}
	}
	return ByRollback
}

// Unjudged reports whether the cells could not be judged.
func (f *Finding) Unjudged() bool { return f.Cause.Verdict == replay.Unjudged }

// Compare orders findings by what a reader has to look at first. Findings with cells that
// Options.FailOn names come first. Then worse findings come before better ones, deploys before
// rollbacks, newer stages before older ones, and many cells before few. Findings that could not be
// judged come before findings about notes.
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
