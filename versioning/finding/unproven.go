package finding

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Unproven is a branch of a GetVersion call that no recording proves: see matrix.Branch.
type Unproven struct {
	Stage, ChangeID, Source string
	// From and To are the first and the last version of the branch. -1 is workflow.DefaultVersion.
	From, To int
}

// Unproven returns the branches that no recording proves, in the order of matrix.Matrix.Coverage.
func (s *Summary) Unproven() (list []Unproven) {
	s.coverage.Partial = s.partial
	for _, stage := range s.coverage.Coverage() {
		for _, call := range stage.Calls {
			for _, b := range call.Branches {
				if len(b.Proven) == 0 {
					list = append(list, Unproven{stage.Stage, call.ChangeID, call.Source, b.From, b.To})
				}
			}
		}
	}
	return list
}

// sample has of each way in which cells take a branch one row, so that it covers the same
// branches as all rows.
type sample struct {
	matrix.Matrix
	seen map[branch]bool
}

// A branch is what a cell tells of a GetVersion call; without a call it tells that the stage
// was judged.
type branch struct {
	stage     string
	verdict   replay.Verdict
	proves    bool
	call      replay.VersionCall
	otherwise bool
}

func newSample(f *versioning.Family) sample {
	return sample{matrix.Matrix{Family: f}, map[branch]bool{}}
}

func (s *sample) add(row matrix.Row) {
	kept := matrix.Row{Recording: row.Recording}
	for _, c := range row.Cells {
		if s.isNew(c) {
			c.Result = replay.Result{
				Verdict:  c.Verdict,
				Moved:    c.Moved,
				Evidence: replay.Evidence{Versions: c.Versions, Differences: c.Differences},
			}
			kept.Cells = append(kept.Cells, c)
		}
	}
	if len(kept.Cells) > 0 {
		s.Rows = append(s.Rows, kept)
	}
}

// isNew reports whether the cell tells what no other has told.
func (s *sample) isNew(c matrix.Cell) (is bool) {
	see := func(b branch) {
		is = is || !s.seen[b]
		s.seen[b] = true
	}
	judged := branch{stage: c.Stage, verdict: c.Verdict, proves: matrix.Proves(c)}
	see(judged)
	for _, call := range c.Versions {
		b := judged
		b.call, b.otherwise = call, tookOther(c, call.ChangeID)
		see(b)
	}
	return is
}

// tookOther reports whether the execution took another version of the change ID than the code
// does.
func tookOther(c matrix.Cell, changeID string) bool {
	if len(c.Differences) == 0 {
		return false
	}
	path := replay.VersionPath(changeID)
	return slices.ContainsFunc(c.Differences, func(d compare.Difference) bool { return d.Path == path })
}
