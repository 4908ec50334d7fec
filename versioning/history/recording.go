package history

import (
	"time"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Recording is the event history of one execution, and what is known of how it came to be.
//
// A Recording is shared freely for reading. Its History is not: replaying writes into the events,
// so replay a copy (proto.Clone) or let one goroutine at a time have it.
type Recording struct {
	// Family is the workflow family, "patching"; "" if unknown. It is the name of the folder of the
	// file.
	Family string
	// Name tells the recordings of a family apart: "initial.completed". It is the file name without
	// extensions.
	Name string
	// Lineage holds the names of the stages that executed it, in order: one, or several where the
	// worker was swapped under the open execution. Empty if unknown.
	Lineage []string
	// Scenario is how the execution was driven: "completed"; "" if unknown.
	Scenario string
	// Preferred holds, by change ID, the versions that the worker was made to record where the code
	// asked for the change ID first, -1 being workflow.DefaultVersion: package record does that to
	// get a recording of every branch. New executions of the stage that ran it take others. Empty
	// if unknown.
	Preferred map[string]int
	// WorkflowID is the ID of the original execution, which code under replay may have derived
	// other IDs from. A file that does not say falls back to workflow_id of the started event,
	// which newer services write; "" if neither has it.
	WorkflowID string
	// RunID is the run ID of the original execution. A file that does not say falls back to
	// original_execution_run_id of the started event.
	RunID string
	// Namespace is the namespace of the execution, which no event tells and code under replay may
	// ask for; "" if unknown.
	Namespace string
	// SDKVersion is the version of the Temporal Go SDK of the worker that executed it: "1.50.0"; ""
	// if unknown.
	SDKVersion string
	// ServerVersion is the version of the Temporal Service that recorded it: "1.32.1"; "" if
	// unknown.
	ServerVersion string
	// RecordedAt is when the recording was made; the zero time if unknown.
	RecordedAt time.Time
	// Redacted is whether its payload data was replaced by made-up data (package redact).
	Redacted bool
	// History holds the events. It is never nil after Decode, and never without events.
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
