package replay

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// A Decision is what of GetVersion decides where history and code part, as far as that is
// certain, and which way the execution would come to the code.
type Decision struct {
	Kind DecisionKind `json:"kind,omitempty"`
	// ChangeID and Version are those of a marker of the history, or ChangeID is one that
	// the code asks for without a marker.
	ChangeID string `json:"changeId,omitempty"`
	Version  int64  `json:"version,omitempty"`
	// Instead is the change ID that the code asks for in the place of ChangeID.
	Instead string `json:"instead,omitempty"`
	// Here is whether the code does not ask for the marker in the very Workflow Task.
	Here bool `json:"here,omitempty"`
	// Way is how the execution would come to the code.
	Way Way `json:"way,omitempty"`
}

// DecisionKind is a kind of Decision.
type DecisionKind string

// The kinds of decisions.
const (
	// OwnCode is that of the stage which alone ran the execution, and OwnCodeLast that of
	// the stage which ran it last.
	OwnCode     DecisionKind = "own-code"
	OwnCodeLast DecisionKind = "own-code-last"
	// MarkerUnreadable is a marker that the data converter does not read.
	MarkerUnreadable DecisionKind = "marker-unreadable"
	// OlderCode is code that is older than the execution.
	OlderCode DecisionKind = "older-code"
	// Shadowed is another function with the name of the workflow type.
	Shadowed DecisionKind = "shadowed"
	// IDRenamed is a marker of ChangeID that the code does not ask for, where it asks for
	// Instead and gets DefaultVersion.
	IDRenamed DecisionKind = "id-renamed"
	// NotAsked is a marker of ChangeID that the code has not asked for by then.
	NotAsked DecisionKind = "not-asked"
	// AskedEarlier is a call for ChangeID in an earlier Workflow Task than that of its marker.
	AskedEarlier DecisionKind = "asked-earlier"
	// DefaultBranch is a call for ChangeID without a marker, which gets DefaultVersion there.
	DefaultBranch DecisionKind = "default-branch"
	// AskedElsewhere is a call for ChangeID on another line, after the marker was asked for.
	AskedElsewhere DecisionKind = "asked-elsewhere"
	// PerhapsDefault is as Unversioned, unless the call for ChangeID without a marker
	// in an earlier Workflow Task decides it.
	PerhapsDefault DecisionKind = "perhaps-default"
	// Unversioned is where no GetVersion call decides it.
	Unversioned DecisionKind = "unversioned"
)

// Way is how an execution would come to the code, as far as lineage and order of release
// are known.
type Way string

// The ways.
const (
	WayUnknown Way = ""
	ByDeploy   Way = "deploy"
	ByRollback Way = "rollback"
)

// decides says what of GetVersion decides it at the event.
func (v versions) decides(at *historypb.HistoryEvent) Decision {
	d := v.decision(at)
	d.Way = v.way()
	return d
}

func (v versions) way() Way {
	switch {
	case v.deploy:
		return ByDeploy
	case v.rollback:
		return ByRollback
	default:
		return WayUnknown
	}
}

func (v versions) decision(at *historypb.HistoryEvent) Decision {
	switch {
	case v.own && v.journey:
		return Decision{Kind: OwnCodeLast}
	case v.own:
		return Decision{Kind: OwnCode}
	case v.unreadable:
		return Decision{Kind: MarkerUnreadable}
	case v.rollback:
		return Decision{Kind: OlderCode}
	case v.shadowed:
		return Decision{Kind: Shadowed}
	}
	task := v.taskOf(at)
	unasked, here := v.notAsked(task)
	if older, newer := v.renamed(task); newer != "" {
		return Decision{Kind: IDRenamed, ChangeID: older.changeID, Version: older.version, Instead: newer, Here: here && unasked.changeID == older.changeID}
	}
	if here {
		return Decision{Kind: NotAsked, ChangeID: unasked.changeID, Version: unasked.version, Here: true}
	}
	for _, m := range v.markers {
		call, asked := v.asked[m.changeID]
		first := v.completion(call.FirstStarted)
		if asked && (m.event.GetEventId() <= at.GetEventId() || first == task) && first < v.taskOf(m.event) {
			return Decision{Kind: AskedEarlier, ChangeID: m.changeID, Version: m.version}
		}
	}
	if changeID := v.onlyDefault(func(c observer.Asked) bool { return v.completion(c.TaskStarted) == task }); changeID != "" {
		return Decision{Kind: DefaultBranch, ChangeID: changeID}
	}
	if changeID := v.askedElsewhere(task); changeID != "" {
		return Decision{Kind: AskedElsewhere, ChangeID: changeID}
	}
	if changeID := v.onlyDefault(func(c observer.Asked) bool { return v.completion(c.FirstStarted) < task }); changeID != "" {
		return Decision{Kind: PerhapsDefault, ChangeID: changeID}
	}
	return Decision{Kind: Unversioned}
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
		if asked := v.completion(call.TaskStarted); call.Source != call.FirstSource && v.taskOf(m.event) < asked && asked <= task {
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
