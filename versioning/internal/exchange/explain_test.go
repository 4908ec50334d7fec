package exchange_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

// TestExplained passes what is shown of a cell, and has nothing where the harness is from before anybody asked.
func TestExplained(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	answers, err := exchange.ReadExplained(dir, "x")
	require.NoError(t, err, "an older harness writes no such file")
	require.Empty(t, answers)

	want := []exchange.Explained{{
		Panel: shown.Cell{Meaning: "Keep away.", Notes: []string{"a note"},
			Table: &shown.Table{Tasks: []shown.Task{{Heading: "Workflow Task 1", Lines: []shown.Line{{Mark: "!=", Event: 5,
				Values: []shown.Value{{Field: "input", Recorded: "1", Now: "2"}}}}}}}},
		Mending: report.Mending{Do: "Branch.", Code: "v := 1\n", SideBySide: "history code"},
	}, {Near: []replay.Near{{Event: 5, Coroutine: "main"}}}}
	require.NoError(t, exchange.WriteExplained(dir, "x", want))
	answers, err = exchange.ReadExplained(dir, "x")
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want, answers))

	var asked exchange.Asked
	cell := matrix.Cell{Family: "order", Recording: "4711 (main)", Stage: "work-tree",
		Result: replay.Result{Verdict: replay.Nondeterministic}}
	require.NoError(t, asked.Ask(cell))
	got, err := asked.Cell()
	require.NoError(t, err)
	require.Equal(t, "order/4711 (main)@work-tree", got.String())
	require.Equal(t, replay.Nondeterministic, got.Verdict)
	_, err = (&exchange.Asked{Row: []byte(`{"Cells":[]}`)}).Cell()
	require.ErrorContains(t, err, "0 cells", "nobody may guess")
}
