package report

import (
	"encoding/json"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/stretchr/testify/require"
)

// TestParkJSON holds the exact fields: programs depend on them.
func TestParkJSON(t *testing.T) {
	t.Parallel()
	p := parkOf(replay.Safe, replay.Nondeterministic)
	p.Total = 3
	got, err := json.Marshal(CellObject{Recording: "r", Stage: "s", Park: parkObject(p)})
	require.NoError(t, err)
	require.Contains(t, string(got), `"park":{"points":3,"replayed":[{"task":4,"event":5,"verdict":"safe"},{"task":10,"event":11,"verdict":"nondeterministic"}]}`)
	require.Nil(t, parkObject(replay.Park{}))
}
