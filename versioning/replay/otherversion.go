package replay

import (
	"slices"
	"strconv"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// VersionPath returns the Path of a Difference about GetVersion: the call gets another version than
// the history has for the change ID.
func VersionPath(changeID string) string { return "MarkerRecorded(Version " + changeID + ").version" }

// otherVersions returns the GetVersion calls that get another version than the marker of
// their change ID says, whatever the code does with it in the replayed part: the call was
// moved to an earlier Workflow Task, where the SDK knows no marker yet, or it is the
// first one now because that was dropped. The first call decides for the rest of the run.
func otherVersions(seen *observer.Observer, markers []marker) (differences []compare.Difference) {
	calls := seen.VersionCalls()
	for _, m := range markers {
		i := slices.IndexFunc(calls, func(call observer.VersionCall) bool {
			return call.ChangeID == m.changeID && call.Taken && int64(call.Version) != m.version
		})
		if i < 0 {
			continue
		}
		differences = append(differences, compare.Difference{
			Path: VersionPath(m.changeID), Level: compare.Commands,
			Event: m.event.GetEventId(), EventType: m.event.GetEventType().String(), Source: calls[i].Source,
			Recorded: strconv.FormatInt(m.version, 10), Now: strconv.Itoa(calls[i].Version),
		})
	}
	return differences
}
