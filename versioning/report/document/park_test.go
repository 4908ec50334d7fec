package document

import (
	"encoding/json"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/stretchr/testify/require"
)

// TestParkJSON holds the exact fields: programs depend on them.
func TestParkJSON(t *testing.T) {
	t.Parallel()
	p := replay.Park{Total: 3, Points: []replay.ParkPoint{
		{Task: 4, Event: 5, Verdict: replay.Safe}, {Task: 10, Event: 11, Verdict: replay.Nondeterministic},
	}}
	got, err := json.Marshal(Cell{Recording: "r", Stage: "s", Park: parkObject(p)})
	require.NoError(t, err)
	require.Contains(t, string(got),
		`"park":{"points":3,"replayed":[{"task":4,"event":5,"verdict":"safe"},{"task":10,"event":11,"verdict":"nondeterministic"}]}`)
	require.Nil(t, parkObject(replay.Park{}))
}
