package rehearse

import (
	"fmt"
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// waitsFor is what the execution waits for after the last reply.
func (v *visit) waitsFor() (w WaitsFor) {
	r := v.last
	p := pending.At(slices.Concat(r.events, r.outcome.Events))
	w.Signals, w.Updates = slices.Clone(r.notes.Signals), slices.Clone(r.notes.Updates)
	for id := range p.Timers {
		w.Timers = append(w.Timers, id)
	}
	for _, works := range []map[int64]*pending.Work{p.Activities, p.Children, p.Signals, p.Cancels, p.Operations} {
		for _, work := range works {
			w.Results = append(w.Results, resultOf(work.Event))
		}
	}
	for _, list := range [][]string{w.Signals, w.Updates, w.Timers, w.Results} {
		slices.Sort(list)
	}
	w.Results = slices.Compact(w.Results)
	return w
}

// resultOf names what an event has begun, so that a reader finds it.
func resultOf(e *historypb.HistoryEvent) string {
	switch {
	case e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes() != nil:
		return fmt.Sprintf("the signal %s to %s", events.Name(e), events.Target(e))
	case e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes() != nil:
		return "the request to cancel " + events.Target(e)
	}
	return events.Name(e)
}

// versionsIn are the versions that the code has asked for first in the task.
func versionsIn(r *reply, d payload.Decoder) (versions []Version) {
	for _, e := range r.outcome.Events {
		marker := e.GetMarkerRecordedEventAttributes()
		if marker.GetMarkerName() != "Version" {
			continue
		}
		var v Version
		if d.Decode(marker.GetDetails()["change-id"], &v.ChangeID) && d.Decode(marker.GetDetails()["version"], &v.Version) {
			versions = append(versions, v)
		}
	}
	return versions
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
