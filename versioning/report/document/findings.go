package document

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// Finding is something to look at that several cells of a family can have in common: see
// finding.Finding. Each cell is in at most one Finding.
type Finding struct {
	Verdict replay.Verdict `json:"verdict"`
	// Severity is left out if the verdict is replay.Unjudged.
	Severity finding.Severity `json:"severity,omitempty"`
	// Otherwise is whether the cells replay but answer queries otherwise. Note is the kind of the
	// notes, if the cells replay and the notes are what to look at.
	Otherwise bool            `json:"otherwise,omitempty"`
	Note      replay.NoteKind `json:"note,omitempty"`
	// Detail is one line for people, about the first cell.
	Detail string `json:"detail"`
	Source string `json:"source,omitempty"`

	// Cells is the number of cells. Open and Closed are the numbers of cells whose execution was
	// open or closed.
	Cells  int      `json:"cells"`
	Open   int      `json:"open"`
	Closed int      `json:"closed"`
	Stages []string `json:"stages"`
	// Examples are the names of some of the cells, RECORDING@STAGE.
	Examples []string `json:"examples"`
}

// findingObjects are the findings, the most important ones first.
func findingObjects(m *matrix.Matrix, s *finding.Summary) []Finding {
	objects := []Finding{}
	for _, f := range told.MostImportant(told.FindingsOf(report.CIOptions{}, m, s)) {
		o := Finding{
			Verdict: f.Cause.Verdict, Severity: f.Severity, Otherwise: f.Cause.Otherwise, Note: f.Cause.Note,
			Detail: f.Detail(), Source: f.Cause.Source, Cells: f.Cells, Open: f.Open, Closed: f.Closed,
			Stages: f.Stages,
		}
		for _, e := range f.Examples {
			o.Examples = append(o.Examples, e.Cell.Name())
		}
		objects = append(objects, o)
	}
	return objects
}
