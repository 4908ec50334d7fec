package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestProvenIsRecorded compares what the replays say about branches with what the
// recordings say: a recording that proves a version has a marker with it, and one
// that proves DefaultVersion has none, or one with DefaultVersion.
func TestProvenIsRecorded(t *testing.T) {
	t.Parallel()
	claims := 0
	for _, c := range corpora.All() {
		sources, err := history.Dir(c.Recordings(), ".")
		require.NoError(t, err)
		recorded := map[string]map[string]int{}
		for _, s := range sources {
			recorded[s.Name] = markers(t, s, c.Replay.DataConverter)
		}
		for _, s := range explained(t, c).Coverage() {
			for _, call := range s.Calls {
				for _, b := range call.Branches {
					for _, recording := range b.Proven {
						version, found := recorded[recording][call.ChangeID]
						if !found {
							version = -1
						}
						require.Equal(t, b.From, version, "%s@%s, %q at %s", recording, s.Stage, call.ChangeID,
							call.Source)
						claims++
					}
				}
			}
		}
	}
	require.Greater(t, claims, 500)
}

// markers returns the versions that the recording holds, by change ID.
func markers(t *testing.T, s history.Source, dc converter.DataConverter) map[string]int {
	t.Helper()
	r, err := s.Load()
	if err != nil {
		return nil
	}
	versions := map[string]int{}
	for _, e := range r.History.GetEvents() {
		if marker := e.GetMarkerRecordedEventAttributes(); marker.GetMarkerName() == "Version" {
			var changeID string
			var version int
			if dc == nil {
				dc = converter.GetDefaultDataConverter()
			}
			require.NoError(t, dc.FromPayloads(marker.GetDetails()["change-id"], &changeID))
			require.NoError(t, dc.FromPayloads(marker.GetDetails()["version"], &version))
			versions[changeID] = version
		}
	}
	return versions
}
