package history

import (
	"time"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Recording is the event history of one execution, and what is known of how it came to be.
//
// Several goroutines may read a Recording at once. They must not share its History for replays,
// because a replay writes into the events. Replay a copy (proto.Clone), or let only one goroutine
// at a time use the History.
type Recording struct {
	// Family is the workflow family, such as "patching", or "" if unknown. It is the name of the
	// folder that holds the file.
	Family string
	// Name tells the recordings of a family apart: "initial.completed". It is the file name without
	// extensions.
	Name string
	// Lineage holds the names of the stages that ran the execution, in order. There are several if
	// the Worker was swapped while the execution was open. Lineage is empty if unknown.
	Lineage []string
	// Scenario says how the execution was driven, such as "completed", or "" if unknown.
	Scenario string
	// Preferred holds versions by change ID. When the code first asked for a change ID, the Worker
	// was made to record this version. -1 is workflow.DefaultVersion. Package record does this to
	// get a recording of every branch. New executions of the same stage take other versions.
	// Preferred is empty if unknown.
	Preferred map[string]int
	// WorkflowID is the ID of the original execution. Code under replay may have derived other IDs
	// from it. If the file does not say it, WorkflowID is the workflow_id of the started event,
	// which newer Temporal Services write. WorkflowID is "" if neither has it.
	WorkflowID string
	// RunID is the run ID of the original execution. If the file does not say it, RunID is the
	// original_execution_run_id of the started event.
	RunID string
	// Namespace is the namespace of the execution, "" if unknown. No event tells the namespace, but
	// code under replay may ask for it.
	Namespace string
	// SDKVersion is the version of the Temporal Go SDK of the Worker that ran the execution, such
	// as "1.50.0". It is "" if unknown.
	SDKVersion string
	// ServerVersion is the version of the Temporal Service that recorded it: "1.32.1"; "" if
	// unknown.
	ServerVersion string
	// RecordedAt is when the recording was made; the zero time if unknown.
	RecordedAt time.Time
	// Redacted is whether its payload data was replaced by made-up data (package redact).
	Redacted bool
	// History holds the events. After Decode, it is never nil and always has events.
	History *historypb.History
}

// WorkflowType returns the workflow type name in the started event, or "" if there is none.
func (r *Recording) WorkflowType() string {
	return r.started().GetWorkflowType().GetName()
}

// Closed reports whether the last event closes the execution: completed, failed, timed out,
// canceled, terminated or continued as new.
func (r *Recording) Closed() bool {
	all := r.History.GetEvents()
	return len(all) > 0 && events.Closes(all[len(all)-1])
}

// String returns FAMILY/NAME, or NAME where the family is unknown. Reports, subtests and goldens
// print it.
func (r *Recording) String() string {
	if r.Family == "" {
		return r.Name
	}
	return r.Family + "/" + r.Name
}

func (r *Recording) started() *historypb.WorkflowExecutionStartedEventAttributes {
	events := r.History.GetEvents()
	if len(events) == 0 {
		return nil
	}
	return events[0].GetWorkflowExecutionStartedEventAttributes()
}

// fallBack fills what the file does not say from the events.
func (r *Recording) fallBack() {
	started := r.started()
	if r.WorkflowID == "" {
		r.WorkflowID = started.GetWorkflowId()
	}
	if r.RunID == "" {
		r.RunID = started.GetOriginalExecutionRunId()
	}
}
