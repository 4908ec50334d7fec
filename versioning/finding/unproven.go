package finding

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Unproven is a branch of a GetVersion call that no recording proves: see matrix.Branch.
type Unproven struct {
	Stage, ChangeID, Source string
	// From and To are the versions of the branch, -1 being workflow.DefaultVersion.
	From, To int
}

// Unproven are the branches that no recording proves, in the order of matrix.Matrix.Coverage.
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
	seen map[string]bool
}

func newSample(f *versioning.Family) sample {
	return sample{matrix.Matrix{Family: f}, map[string]bool{}}
}

func (s *sample) add(row matrix.Row) {
	kept := matrix.Row{Recording: row.Recording}
	for _, c := range row.Cells {
		is := false
		for _, key := range s.keys(c) {
			is = is || !s.seen[key]
			s.seen[key] = true
		}
		if is {
			c.Result = replay.Result{
				Verdict: c.Verdict, Moved: c.Moved, Versions: c.Versions, Differences: c.Differences,
			}
			kept.Cells = append(kept.Cells, c)
		}
	}
	if len(kept.Cells) > 0 {
		s.Rows = append(s.Rows, kept)
	}
}

// keys are what the cell can tell of coverage, and that it was judged.
func (s *sample) keys(c matrix.Cell) (keys []string) {
	paths := map[string]bool{}
	for _, d := range c.Differences {
		paths[d.Path] = true
	}
	keys = append(keys, fmt.Sprintf("%s %s %t", c.Stage, c.Verdict, matrix.Proves(c)))
	for _, call := range c.Versions {
		otherwise := paths[replay.VersionPath(call.ChangeID)]
		keys = append(keys, fmt.Sprintf("%s %s %+v %t", c.Stage, c.Verdict, call, otherwise))
	}
	return keys
}
