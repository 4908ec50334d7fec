package against

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestEffectsSurvive holds that what live Workers do next, as the tests of both trees say, is in the
// comparison.
func TestEffectsSurvive(t *testing.T) {
	t.Parallel()
	tests := func(kind rehearse.Kind) *tested {
		row := matrix.Row{Recording: "4711", Cells: []matrix.Cell{{Recording: "4711", Stage: "today",
			Result:  replay.Result{Verdict: replay.Safe},
			Effects: rehearse.Effects{Points: 1, Rehearsed: 1, List: []rehearse.Effect{{Kind: kind}}}}}}
		data, err := matrix.EncodeRow(row)
		require.NoError(t, err)
		row, err = matrix.DecodeRow(data) // as they come from another process
		require.NoError(t, err)
		return &tested{Test: exchange.Test{Stages: []exchange.Stage{{Name: "today"}}},
			own: map[string]matrix.Row{"4711": row}}
	}
	r := &run{there: &side{name: "main"}, here: &side{name: Here}}
	recording := &exchange.Recording{Name: "4711"}
	_, there, here := r.row(&pair{there: tests(rehearse.Waits), here: tests(rehearse.Hangs)},
		&entry{name: "4711", there: recording, here: recording}, "order")
	require.True(t, there.Effects.Has(rehearse.Waits), "%+v", there.Effects)
	require.True(t, here.Effects.Has(rehearse.Hangs), "%+v", here.Effects)
}
