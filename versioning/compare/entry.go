package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

// TaskRows are the rows of one Workflow Task: what the history has in the task, beside what the
// code does in the task.
type TaskRows struct {
	// Started is the ID of the WorkflowTaskStarted event, and Completed is the ID of the
	// WorkflowTaskCompleted event. Completed is 0 for the last task if the history ends before the
	// task completed.
	Started, Completed int64
	Rows               []Entry
}

// An Entry is a command in the history, and the call that made the command. One of them can be
// missing.
type Entry struct {
	// Event is the event that a command made, nil if the history has none here.
	Event *historypb.HistoryEvent
	// Call is the call of the code, nil if the code makes none here.
	Call *Call
	// EventText and CallText show the event and the call in short form: "ActivityTaskScheduled
	// (Charge)", "ExecuteActivity Charge".
	EventText, CallText string
	// Mark says how the event and the call relate.
	Mark Mark
	// Differences are the differences between the event and the call, if both are there.
	Differences []Difference
}

// A Mark says how event and call of an Entry relate.
type Mark string

// The marks.
const (
	// MarkSame is an event and the call that makes it, or a call that makes no event.
	MarkSame Mark = "same"
	// MarkDiffers is an event and the call that makes it, with Entry.Differences.
	MarkDiffers Mark = "differs"
	// MarkMissing is an event that no call of the code makes.
	MarkMissing Mark = "missing"
	// MarkExtra is a call whose command the history does not have.
	MarkExtra Mark = "extra"
	// MarkUnknown is an event or a call that nothing is claimed about.
	MarkUnknown Mark = "unknown"
)

// halved reports whether one half of the row has no other.
func (r Entry) halved() bool { return r.Mark == MarkMissing || r.Mark == MarkExtra }

// shifted reports whether only the ID is another one, which follows from what is before the call.
func (r Entry) shifted() bool {
	return r.Event != nil && r.Call != nil && isDefaultID(r.Call.ID) &&
		!slices.ContainsFunc(r.Differences, func(d Difference) bool { return d.Level != Commands })
}

// parts reports whether history and code part at the row.
func (r Entry) parts() bool { return r.halved() || r.Mark == MarkDiffers }
