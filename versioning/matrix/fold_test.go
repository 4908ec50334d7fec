package matrix_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// known is a cache that has a row for every recording, so that a matrix of very many takes no replays.
type known struct{ row func(name string) matrix.Row }

func (k known) Get(key matrix.CacheKey) (matrix.Row, bool) {
	row := k.row(string(key[:8]))
	return row, true
}

func (known) Put(matrix.CacheKey, matrix.Row) {}

// TestFoldKeeps holds that only rows of which there is nothing to say stand for each other, and only if a reader would not
// tell them apart.
func TestFoldKeeps(t *testing.T) {
	t.Parallel()
	safe := func() matrix.Row {
		return matrix.Row{Lineage: []string{"one"}, Events: 5, WorkflowType: "Order", Shape: "abc", Cells: []matrix.Cell{{Stage: "one", Result: replay.Result{Verdict: replay.Safe}}}}
	}
	const same, oneMore, each = 1001, 1002, 1501
	for _, tt := range []struct {
		name   string
		change func(*matrix.Row)
		kept   int
		why    string
	}{
		{"the same", func(*matrix.Row) {}, same, "it is counted"},
		{"more events", func(r *matrix.Row) { r.Events = 7 }, same, "of one shape"},
		{"another answer", func(r *matrix.Row) { r.Cells[0].Answers = []replay.Answer{{Query: "status", Value: `"other"`}} }, same, "each execution has its own"},
		{"waits", func(r *matrix.Row) { r.Cells[0].Effects.List = []rehearse.Effect{{Kind: rehearse.Waits}} }, oneMore, "an open one"},
		{"closed", func(r *matrix.Row) { r.Closed = true }, oneMore, "it is counted apart"},
		{"another shape", func(r *matrix.Row) { r.Shape = "def" }, oneMore, "a row of its own"},
		{"another lineage", func(r *matrix.Row) { r.Lineage = []string{"two"} }, oneMore, "another answer"},
		{"breaks", func(r *matrix.Row) { r.Cells[0].Verdict = replay.Nondeterministic }, each, "a finding"},
		{"noted", func(r *matrix.Row) { r.Cells[0].Notes = []replay.Note{{Kind: replay.Unread}} }, each, "a finding"},
		{"allowed", func(r *matrix.Row) { r.Cells[0].Allowed = []replay.Allowed{{}} }, each, "a rule has a use"},
		{"differs", func(r *matrix.Row) { r.Cells[0].Differences = []compare.Difference{{}} }, each, "a difference"},
		{"stuck ahead", func(r *matrix.Row) { r.Cells[0].Effects.List = []rehearse.Effect{{Kind: rehearse.Stuck}} }, each, "a live Worker does otherwise"},
		{"stuck in a roll", func(r *matrix.Row) {
			r.Cells[0].Effects.List = []rehearse.Effect{{Kind: rehearse.Waits, Roll: &rehearse.Roll{Stuck: true}}}
		}, each, "old Workers"},
		{"not rehearsed", func(r *matrix.Row) { r.Cells[0].Effects.Failed = "no Worker" }, each, "nobody knows"},
		{"another branch", func(r *matrix.Row) { r.Cells[0].Versions = []replay.VersionCall{{Taken: true, Version: 1}} }, oneMore, "it proves another one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := 0
			rows := known{func(string) matrix.Row {
				row := safe()
				if n++; n > 1500 {
					tt.change(&row)
				}
				return row
			}}
			m, err := matrix.Judge(t.Context(), one(), stored(2000), &matrix.Options{Fold: true, Cache: rows, Workers: 1})
			require.NoError(t, err)
			require.Equal(t, 2000, m.Recordings())
			cells := 0
			for range m.Cells() {
				cells++
			}
			require.Equal(t, 2000, cells)
			require.ErrorIs(t, matrix.Whole(m), matrix.ErrFolded)
			require.Len(t, m.Rows, tt.kept, tt.why)
			require.Zero(t, m.Rows[0].Alike)
		})
	}
	few, err := matrix.Judge(t.Context(), one(), stored(1000), &matrix.Options{Fold: true, Cache: known{func(string) matrix.Row { return safe() }}})
	require.NoError(t, err)
	require.Len(t, few.Rows, 1000)
	require.NoError(t, matrix.Whole(few))
}

func one() *versioning.Family {
	return &versioning.Family{Name: "loop", Stages: []versioning.Stage{{Name: "one"}}}
}

// stored are sources that only a cache answers for.
func stored(n int) func(func(history.Source) bool) {
	return func(yield func(history.Source) bool) {
		for i := range n {
			if !yield(history.Source{Name: fmt.Sprint(i), Read: func() ([]byte, error) { return []byte("{}"), nil },
				Load: func() (*history.Recording, error) { return nil, errors.New("not read") }}) {
				return
			}
		}
	}
}
