package replay

import (
	"fmt"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
)

// versions is what history and code say about GetVersion.
type versions struct {
	// markers are those of the history, in order.
	markers []marker
	// unreadable is whether the history has markers that the data converter
	// does not decode.
	unreadable bool
	// asked has the code's last call for each change ID.
	asked map[string]versionCall
}

type marker struct {
	event    *historypb.HistoryEvent
	changeID string
	version  int64
}

// readVersions decodes the markers as the SDK does, with the data converter of
// the workers, nil for the default one.
func readVersions(events []*historypb.HistoryEvent, dc converter.DataConverter, seen *observer) versions {
	v := versions{asked: seen.versions}
	for _, e := range events {
		if attributes := e.GetMarkerRecordedEventAttributes(); attributes.GetMarkerName() == "Version" {
			m := marker{event: e}
			if decode(dc, attributes.GetDetails()["change-id"], &m.changeID) && decode(dc, attributes.GetDetails()["version"], &m.version) {
				v.markers = append(v.markers, m)
			} else {
				v.unreadable = true
			}
		}
	}
	return v
}

func decode(dc converter.DataConverter, payloads *commonpb.Payloads, to any) (ok bool) {
	// A converter is a user's code, and it may be wanting a context.
	defer func() { ok = recover() == nil && ok }()
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	return len(payloads.GetPayloads()) == 1 && dc.FromPayloads(payloads, to) == nil
}

// of returns the event in which the history holds the version of the change ID,
// nil if there is none that can be read.
func (v versions) of(changeID string) *historypb.HistoryEvent {
	for _, m := range v.markers {
		if m.changeID == changeID {
			return m.event
		}
	}
	return nil
}

// advice says what to do about a divergence at the event, from the versions
// that the history recorded before it and those that the code asked for.
func (v versions) advice(at *historypb.HistoryEvent) string {
	for _, m := range v.markers {
		if _, asked := v.asked[m.changeID]; !asked && m.event.GetEventId() <= at.GetEventId() {
			return fmt.Sprintf("history took %s of %q, which this code has not asked for; do not run this code while such executions are open", versionName(m.version), m.changeID)
		}
	}
	if v.unreadable {
		return "history took a version that the data converter in Options does not read"
	}
	asked := make([]string, 0, len(v.asked))
	for changeID, call := range v.asked {
		if call.taskStarted < at.GetEventId() && v.of(changeID) == nil {
			asked = append(asked, changeID)
		}
	}
	if len(asked) > 0 {
		return fmt.Sprintf("the DefaultVersion branch of %q (no marker) is not what ran; do not run this code while such executions are open", slices.Min(asked))
	}
	return "no GetVersion decides it; branch with GetVersion"
}

func versionName(v int64) string {
	if v == -1 {
		return "DefaultVersion"
	}
	return fmt.Sprintf("version %d", v)
}
