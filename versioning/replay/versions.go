package replay

import (
	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// versions is what history and code say about GetVersion.
type versions struct {
	// markers are those of the history, in order.
	markers []marker
	// unreadable is whether the history has markers that the data converter
	// does not decode.
	unreadable bool
	// asked has the code's last call for each change ID.
	asked map[string]observer.Asked
	// events are those of the recording.
	events []*historypb.HistoryEvent
	// own is whether the code is that of the stage which recorded the history.
	own bool
	// journey is whether other stages have executed it before.
	journey bool
	// deploy and rollback are whether the code is known to be newer or older
	// than that of the stage which ran the execution last.
	deploy, rollback bool
	// shadowed is whether the stage registers the workflow type, and also a
	// function of that name under another type, which a worker looks up first.
	shadowed bool
	// ranShadow is whether the stage that ran the execution last is such a one, and this one is not.
	ranShadow bool
	// run is what became of the workflow function, and calls are those of GetVersion.
	run   observer.FunctionRun
	calls []observer.VersionCall
}

type marker struct {
	event    *historypb.HistoryEvent
	changeID string
	version  int64
}

// readVersions decodes the markers as the SDK does, with the data converter of
// the workers.
func readVersions(events []*historypb.HistoryEvent, seen *observer.Observer) versions {
	v := versions{events: events, asked: seen.Asked(), run: seen.Ran(), calls: seen.VersionCalls()}
	dc := seen.Converter()
	for _, e := range events {
		if attributes := e.GetMarkerRecordedEventAttributes(); attributes.GetMarkerName() == "Version" {
			m := marker{event: e}
			if decode(dc, attributes.GetDetails()["change-id"], &m.changeID) &&
				decode(dc, attributes.GetDetails()["version"], &m.version) {
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
