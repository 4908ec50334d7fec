package matrix_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestBegun is about matrices of which nothing is proven.
func TestBegun(t *testing.T) {
	t.Parallel()
	notBegun := result(replay.Unstarted)
	pinned := replay.Result{Verdict: replay.NotApplicable, Moved: replay.Unstarted}
	for _, tt := range []struct {
		name  string
		rows  []matrix.Row
		fails bool
		why   string
	}{
		{"none", nil, false, "an empty folder is an error of its own"},
		{"all safe", []matrix.Row{row("r", result(replay.Safe), result(replay.Safe))}, false, "it has begun"},
		{"not begun", []matrix.Row{row("r", notBegun, notBegun), row("s", notBegun, pinned)}, true, "nothing has"},
		{"one has begun", []matrix.Row{row("r", notBegun, notBegun), row("s", result(replay.Safe))}, false,
			"that one is checked"},
		{"cannot begin", []matrix.Row{row("r", notBegun, result(replay.Undecodable))}, false,
			"that is known of the code"},
		{"unjudged", []matrix.Row{row("r", result(replay.Unjudged)), row("s", notBegun)}, false, "it may have begun"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			err := matrix.Begun(&matrix.Matrix{Family: threeStages(), Rows: tt.rows})
			if !tt.fails {
				require.NoError(t, err, tt.why)
				return
			}
			require.ErrorIs(t, err, matrix.ErrUnstarted, tt.why)
		})
	}
}

// TestCoverageOfUnstarted claims nothing of the calls of a stage whose code has not run.
func TestCoverageOfUnstarted(t *testing.T) {
	t.Parallel()
	m := &matrix.Matrix{Family: threeStages(), Rows: []matrix.Row{
		row("r", result(replay.Unstarted), result(replay.Safe, took(-1, 1, 1)), result(replay.Unstarted)),
	}}
	stages := m.Coverage()
	require.Len(t, stages, 1)
	require.Equal(t, "b", stages[0].Stage)
	require.Equal(t, []string{"b"}, stages[0].Calls[0].Branches[1].RecordedBy)
	require.Empty(t, stages[0].Calls[0].Branches[0].RecordedBy, "nobody knows what the code of a records")
}
