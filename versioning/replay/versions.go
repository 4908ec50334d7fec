package replay

import (
	"encoding/json"
	"fmt"
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

// advice says what to do about a divergence at the event, from the versions
// that the history recorded before it and those that the code asked for.
func advice(events []*historypb.HistoryEvent, at *historypb.HistoryEvent, seen *observer) string {
	before := events[:min(at.GetEventId(), int64(len(events)))]
	for _, e := range before {
		changeID, version, ok := markedVersion(e)
		if _, asked := seen.versions[changeID]; ok && !asked {
			return fmt.Sprintf("history took %s of %q, which this code never asks for; do not run this code while such executions are open", versionName(version), changeID)
		}
	}
	asked := make([]string, 0, len(seen.versions))
	for changeID, call := range seen.versions {
		if call.taskStarted < at.GetEventId() && versionMarker(events, changeID) == nil {
			asked = append(asked, changeID)
		}
	}
	if len(asked) > 0 {
		return fmt.Sprintf("the DefaultVersion branch of %q (no marker) is not what ran; do not run this code while such executions are open", slices.Min(asked))
	}
	return "nothing versions this change; branch with GetVersion"
}

// versionMarker returns the event in which the history holds the version of the
// change ID.
func versionMarker(events []*historypb.HistoryEvent, changeID string) *historypb.HistoryEvent {
	for _, e := range events {
		if id, _, ok := markedVersion(e); ok && id == changeID {
			return e
		}
	}
	return nil
}

// markedVersion reads the event of a GetVersion marker, whose details are JSON
// under the default data converter. Those that another converter has written
// are not read: they make no advice, and no wrong one.
func markedVersion(e *historypb.HistoryEvent) (changeID string, version int64, ok bool) {
	attributes := e.GetMarkerRecordedEventAttributes()
	if attributes.GetMarkerName() != "Version" {
		return "", 0, false
	}
	changes, versions := attributes.GetDetails()["change-id"].GetPayloads(), attributes.GetDetails()["version"].GetPayloads()
	if len(changes) != 1 || len(versions) != 1 {
		return "", 0, false
	}
	if json.Unmarshal(changes[0].GetData(), &changeID) != nil || json.Unmarshal(versions[0].GetData(), &version) != nil {
		return "", 0, false
	}
	return changeID, version, true
}

func versionName(v int64) string {
	if v == -1 {
		return "DefaultVersion"
	}
	return fmt.Sprintf("version %d", v)
}
