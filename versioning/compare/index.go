package compare

import (
	"strconv"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// index finds the events of a history that commands of workflow code have made.
type index struct {
	// completed is the WorkflowTaskCompleted event ID by that of WorkflowTaskStarted.
	completed map[int64]int64
	// byTask holds the events that commands made, by the ID of the
	// WorkflowTaskCompleted event and their type, in order.
	byTask map[taskAndType][]*historypb.HistoryEvent
	// byCommand holds those whose commands have an ID, in order.
	byCommand map[typeAndID][]*historypb.HistoryEvent
	// marked holds markers by name and what identifies them within it.
	marked map[string]*historypb.HistoryEvent
	// updates holds UpdateCompleted events by update ID.
	updates map[string]*historypb.HistoryEvent
	// made are all events that commands of workflow code made and that a call has
	// to explain, in order.
	made []*historypb.HistoryEvent
	// canceled are events that follow from a cancelled context, by the ID of the
	// WorkflowTaskCompleted event.
	canceled map[int64][]*historypb.HistoryEvent
	// tasks is the WorkflowTaskCompleted event ID of each of made.
	tasks map[*historypb.HistoryEvent]int64
	// untold are those of made whose event names no WorkflowTaskCompleted before it:
	// the last one is taken, which is right where the events are in order.
	untold map[*historypb.HistoryEvent]bool
}

type taskAndType struct {
	task      int64
	eventType enumspb.EventType
}

type typeAndID struct {
	eventType enumspb.EventType
	id        string
}

func newIndex(history []*historypb.HistoryEvent, d payload.Decoder) *index {
	x := &index{
		completed: map[int64]int64{}, byTask: map[taskAndType][]*historypb.HistoryEvent{},
		marked: map[string]*historypb.HistoryEvent{}, updates: map[string]*historypb.HistoryEvent{},
		tasks: map[*historypb.HistoryEvent]int64{}, byCommand: map[typeAndID][]*historypb.HistoryEvent{},
		canceled: map[int64][]*historypb.HistoryEvent{}, untold: map[*historypb.HistoryEvent]bool{},
	}
	var last int64
	ends := map[int64]bool{}
	for i, e := range history {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			last = e.GetEventId()
			ends[last] = true
			x.completed[e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId()] = last
			continue
		}
		task := events.TaskOf(e)
		if events.FromCancel(e) {
			if !ends[task] {
				task = last
			}
			x.canceled[task] = append(x.canceled[task], e)
			continue
		}
		if !events.FromCall(e) || i > 0 && events.IsChangeVersion(history[i-1], e) {
			continue
		}
		if completed := e.GetWorkflowExecutionUpdateCompletedEventAttributes(); completed != nil {
			task = last
			x.updates[completed.GetMeta().GetUpdateId()] = e
		}
		if !ends[task] {
			task, x.untold[e] = last, true
		}
		if marker := e.GetMarkerRecordedEventAttributes(); marker != nil {
			key := markerKey(marker, d)
			if key == "" {
				continue // nothing can be told about it
			}
			if x.marked[key] = e; marker.GetMarkerName() == string(trace.SideEffect) {
				place := taskAndType{task, e.GetEventType()}
				x.byTask[place] = append(x.byTask[place], e)
			}
		} else {
			key := taskAndType{task, e.GetEventType()}
			x.byTask[key] = append(x.byTask[key], e)
			if id, _ := events.CommandID(e); id != "" {
				command := typeAndID{e.GetEventType(), id}
				x.byCommand[command] = append(x.byCommand[command], e)
			}
		}
		x.made = append(x.made, e)
		x.tasks[e] = task
	}
	return x
}

// markerKey identifies a marker within a history as markerKeys does for a call,
// with the names that the SDK gives (internal/internal_command_state_machine.go).
func markerKey(marker *historypb.MarkerRecordedEventAttributes, d payload.Decoder) string {
	details := func(name string, to any) bool {
		return d.Decode(marker.GetDetails()[name], to)
	}
	switch marker.GetMarkerName() {
	case "Version":
		var changeID string
		if details("change-id", &changeID) {
			return string(trace.GetVersion) + " " + changeID
		}
	case "SideEffect":
		var id int64
		if details("side-effect-id", &id) {
			return string(trace.SideEffect) + " " + number(id)
		}
	case "MutableSideEffect":
		var id string
		var count int64
		if details("side-effect-id", &id) && details("mutable-side-effect-call-counter", &count) {
			// The ID ends in the event ID of its command.
			return string(trace.MutableSideEffect) + " " + id[:max(0, strings.LastIndexByte(id, '_'))] + " " +
				number(count)
		}
	case "LocalActivity":
		if data, ok := localActivity(marker, d); ok {
			return string(trace.LocalActivity) + " " + data.ActivityID
		}
	}
	return ""
}

// localActivityData is what the marker of a local activity says of it.
type localActivityData struct {
	ActivityID, ActivityType string
}

func localActivity(marker *historypb.MarkerRecordedEventAttributes, d payload.Decoder) (data localActivityData,
	ok bool) {
	return data, d.Decode(marker.GetDetails()["data"], &data)
}

// markerKeys returns what markerKey gives for the markers that the call makes.
func (c *Call) markerKeys() (keys []string) {
	switch c.Kind {
	case trace.GetVersion:
		keys = []string{string(trace.GetVersion) + " " + c.Name}
	case trace.SideEffect:
		keys = []string{string(trace.SideEffect) + " " + c.ID}
	case trace.MutableSideEffect:
		keys = []string{string(trace.MutableSideEffect) + " " + c.Name + " " + number(int64(c.Count))}
	case trace.LocalActivity:
		for _, id := range c.Attempts {
			keys = append(keys, string(trace.LocalActivity)+" "+id)
		}
	}
	return keys
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
