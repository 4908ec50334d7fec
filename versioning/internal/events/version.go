package events

import historypb "go.temporal.io/api/history/v1"

// IsChangeVersion reports whether the event is the search attribute that the SDK sets with a
// version marker. before is the event before it.
func IsChangeVersion(before, e *historypb.HistoryEvent) bool {
	_, set := e.GetUpsertWorkflowSearchAttributesEventAttributes().GetSearchAttributes().
		GetIndexedFields()["TemporalChangeVersion"]
	return set && before.GetMarkerRecordedEventAttributes().GetMarkerName() == "Version"
}
