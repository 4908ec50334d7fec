package against

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func TestOwns(t *testing.T) {
	t.Parallel()
	both := &entry{there: &exchange.Recording{}, here: &exchange.Recording{}}
	theirs, ours := &entry{there: &exchange.Recording{}}, &entry{here: &exchange.Recording{}}
	again := &entry{there: &exchange.Recording{}, here: &exchange.Recording{}}
	again.longer = again.here
	for _, tt := range []struct {
		name        string
		recording   *entry
		there, here replay.Verdict
		want        owner
		why         string
	}{
		{"in both", both, replay.Safe, replay.Safe, ownerThere, "the revision has it, so it was there first"},
		{"broken by the change", both, replay.Safe, replay.Nondeterministic, ownerThere,
			"that is what the deploy is asked for"},
		{"deleted by the change", theirs, replay.Safe, replay.VersionRemoved, ownerThere,
			"a recording that is gone is not an execution that is gone"},
		{"drifts under its own code", both, replay.Drift, replay.Safe, ownerThere, "the code replays it"},
		{"mended", both, replay.Nondeterministic, replay.Safe, ownerNeither, "the revision has not run it"},
		{"replays nowhere", both, replay.Nondeterministic, replay.VersionRemoved, ownerNeither, "neither has run it"},
		{"new", ours, replay.VersionUnknown, replay.Safe, ownerHere, "the new code made it"},
		{"new, and fits both", ours, replay.Safe, replay.Safe, ownerHere, "it came with the new code"},
		{"from production", ours, replay.Safe, replay.Nondeterministic, ownerThere,
			"it fits the old code only, so that is what ran it"},
		{"from production, and drifts", ours, replay.Safe, replay.Drift, ownerThere, "it fits the old code better"},
		{"new, and replays nowhere", ours, replay.Nondeterministic, replay.Panic, ownerNeither, "neither has run it"},
		{"pulled again", again, replay.Safe, replay.Nondeterministic, ownerThere, "the revision has it, so it was there first"},
		{"pulled again, and gone on under the new code", again, replay.VersionUnknown, replay.Safe, ownerHere,
			"it is no longer one of the revision"},
		{"pulled again, and replays nowhere", again, replay.Panic, replay.Panic, ownerNeither, "neither has run it"},
		{"unreadable", both, replay.Unjudged, replay.Unjudged, ownerThere, "it is not left out"},
		{"new, and the revision cannot judge it", ours, replay.Unjudged, replay.Drift, ownerHere,
			"what is not known fits nothing better"},
		{"of a new family", ours, replay.Unjudged, replay.Safe, ownerHere, "only the work tree tests it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, owns(tt.recording, tt.there, tt.here), tt.why)
		})
	}
}
