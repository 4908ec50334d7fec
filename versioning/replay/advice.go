package replay

import (
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

const olderCode = "this code is older than the execution; do not roll back to it while such executions are open"

const unversioned = "no GetVersion decides it; branch with GetVersion"

// advice says what decides a divergence at the event, as far as it is certain,
// and what to do about it.
func (v versions) advice(at *historypb.HistoryEvent) string {
	if v.own {
		return "the stage that recorded it does not replay it; its code is not deterministic, or changed without a new stage"
	}
	if v.unreadable {
		return "history took a version that the data converter in Options does not read"
	}
	if v.rollback {
		return olderCode
	}
	if v.shadowed {
		return "another function ran, which has the type's name and is registered under another type, and a worker looks that up first; rename it, or set DisableRegistrationAliasing"
	}
	task := v.taskOf(at)
	if older, newer := v.renamed(task); newer != "" {
		return fmt.Sprintf("history took %s of %q where the code asks for %q and gets DefaultVersion; if it is the same change under a new name, ask for the old one too",
			versionName(older.version), older.changeID, newer)
	}
	for _, m := range v.markers {
		if _, asked := v.asked[m.changeID]; !asked && v.taskOf(m.event) == task {
			return fmt.Sprintf("history took %s of %q here, which the code had not asked for by then; it is not the code that ran, or makes a new call before that one",
				versionName(m.version), m.changeID)
		}
	}
	for _, m := range v.markers {
		call, asked := v.asked[m.changeID]
		first := v.completion(call.firstStarted)
		if asked && (m.event.GetEventId() <= at.GetEventId() || first == task) && first < v.taskOf(m.event) {
			return fmt.Sprintf("the code asks for %q in an earlier Workflow Task than the one in which history took %s of it, and so gets DefaultVersion; that call, or a call before it, was moved",
				m.changeID, versionName(m.version))
		}
	}
	if changeID := v.onlyDefault(func(c versionCall) bool { return v.completion(c.taskStarted) == task }); changeID != "" {
		return fmt.Sprintf("%q has no marker, so the code took its DefaultVersion branch; unless that is what ran, keep this code away from such executions", changeID)
	}
	if changeID := v.askedElsewhere(task); changeID != "" {
		return fmt.Sprintf("history took the version of %q at an earlier place, and the code has asked for it on another line since; another change needs another change ID", changeID)
	}
	if changeID := v.onlyDefault(func(c versionCall) bool { return v.completion(c.firstStarted) < task }); changeID != "" {
		return fmt.Sprintf("%s, unless the DefaultVersion branch of %q, which has no marker, is not what ran", unversioned, changeID)
	}
	return unversioned
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
		candidate := v.onlyDefault(func(c versionCall) bool { return v.completion(c.firstStarted) == took })
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
		if asked := v.completion(call.taskStarted); call.source != call.firstSource && v.taskOf(m.event) < asked && asked <= task {
			return m.changeID
		}
	}
	return ""
}

// onlyDefault returns the change ID of such a call that the history has no marker
// of, "" if there is none or several: nobody can tell which of several is to blame.
func (v versions) onlyDefault(such func(versionCall) bool) (only string) {
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
