package replay

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// decides says what of GetVersion decides it at the event.
func (v versions) decides(at *historypb.HistoryEvent) cause.Decision {
	d := v.decision(at)
	d.Way = v.way()
	return d
}

func (v versions) way() cause.Way {
	switch {
	case v.deploy:
		return cause.ByDeploy
	case v.rollback:
		return cause.ByRollback
	default:
		return cause.WayUnknown
	}
}

func (v versions) decision(at *historypb.HistoryEvent) cause.Decision {
	switch {
	case v.unreadable:
		return cause.Decision{Kind: cause.MarkerUnreadable}
	case v.own && v.journey:
		return cause.Decision{Kind: cause.OwnCodeLast}
	case v.own:
		return cause.Decision{Kind: cause.OwnCode}
	case v.ranShadow:
		return cause.Decision{Kind: cause.RanShadow}
	case v.rollback:
		return cause.Decision{Kind: cause.OlderCode}
	case v.shadowed:
		return cause.Decision{Kind: cause.Shadowed}
	}
	task := v.taskOf(at)
	unasked, here := v.notAsked(task)
	if older, newer := v.renamed(task); newer != "" {
		return cause.Decision{Kind: cause.IDRenamed, ChangeID: older.changeID, Version: older.version, Instead: newer,
			Here: here && unasked.changeID == older.changeID}
	}
	if here {
		return cause.Decision{Kind: cause.NotAsked, ChangeID: unasked.changeID, Version: unasked.version, Here: true}
	}
	for _, m := range v.markers {
		call, asked := v.asked[m.changeID]
		first := v.completion(call.FirstStarted)
		if asked && (m.event.GetEventId() <= at.GetEventId() || first == task) && first < v.taskOf(m.event) {
			return cause.Decision{Kind: cause.AskedEarlier, ChangeID: m.changeID, Version: m.version}
		}
	}
	if changeID := v.onlyDefault(func(c observer.Asked) bool { return v.completion(c.TaskStarted) == task }); changeID != "" {
		return cause.Decision{Kind: cause.DefaultBranch, ChangeID: changeID}
	}
	if changeID := v.askedElsewhere(task); changeID != "" {
		return cause.Decision{Kind: cause.AskedElsewhere, ChangeID: changeID}
	}
	if changeID := v.onlyDefault(func(c observer.Asked) bool { return v.completion(c.FirstStarted) < task }); changeID != "" {
		return cause.Decision{Kind: cause.PerhapsDefault, ChangeID: changeID}
	}
	return cause.Decision{Kind: cause.Unversioned}
}

// notAsked returns the first marker of the Workflow Task whose change ID the code does not ask for.
func (v versions) notAsked(task int64) (marker, bool) {
	for _, m := range v.markers {
		if _, asked := v.asked[m.changeID]; !asked && v.taskOf(m.event) == task {
			return m, true
		}
	}
	return marker{}, false
}

// renamed returns the marker that the code does not ask for and the change ID
// that it asks for in its place without finding a marker, if there is one of
// each in the workflow task, or in an earlier one.
func (v versions) renamed(task int64) (older marker, newer string) {
	for _, m := range v.markers {
		took := v.taskOf(m.event)
		if _, asked := v.asked[m.changeID]; asked || took > task {
			continue
		}
		candidate := v.onlyDefault(func(c observer.Asked) bool { return v.completion(c.FirstStarted) == took })
		if candidate != "" && newer != "" {
			return marker{}, ""
		}
		if candidate != "" {
			older, newer = m, candidate
		}
	}
	return older, newer
}

// askedElsewhere returns a change ID that history took the version of in an
// earlier workflow task, and that the code has asked for on another line since.
func (v versions) askedElsewhere(task int64) (changeID string) {
	for _, m := range v.markers {
		call := v.asked[m.changeID]
		if asked := v.completion(call.TaskStarted); call.Source != call.FirstSource && v.taskOf(m.event) < asked &&
			asked <= task {
			return m.changeID
		}
	}
	return ""
}

// onlyDefault returns the change ID of such a call that the history has no marker
// of, "" if there is none or several: nobody can tell which of several is to blame.
func (v versions) onlyDefault(such func(observer.Asked) bool) (only string) {
	for changeID, call := range v.asked {
		if v.of(changeID) != nil || !such(call) {
			continue
		}
		if only != "" {
			return ""
		}
		only = changeID
	}
	return only
}

// completion returns the ID that taskOf has for the workflow task which began
// with the event of that ID.
func (v versions) completion(started int64) int64 {
	return events.Completion(v.events, started).GetEventId()
}

// taskOf returns the ID of the WorkflowTaskCompleted event of the workflow task
// that the event belongs to or follows, 0 if there is none.
func (v versions) taskOf(e *historypb.HistoryEvent) int64 {
	for id := e.GetEventId(); id > 0; id-- {
		if events.ByID(v.events, id).GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			return id
		}
	}
	return 0
}
