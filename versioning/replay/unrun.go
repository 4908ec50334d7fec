package replay

import (
	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// unrun notes the local activities that the code asks for and of which the history has no
// marker. The replayer runs none, so the code waits there, makes no command that the SDK
// could miss, and nothing that comes after it was compared. A live Worker runs it in its
// next Workflow Task, which is how a local activity can be added where executions wait.
//
// A Workflow Task completes only when its local activities have, or as a heartbeat, which
// is followed by another one at once. Where it can have been one nothing is noted, and
// neither of the task that closes the execution, which ends them.
func (c *cell) unrun(t *compare.SideBySide) (notes []Note) {
	for _, call := range t.Calls {
		if call.Kind != trace.LocalActivity || !call.NotAligned() || call.Event != nil {
			continue
		}
		for _, task := range c.tasks {
			if task.started != call.Task || task.closing || c.canBeHeartbeat(task) {
				continue
			}
			completed := events.ByID(c.recording.History.GetEvents(), task.completed)
			notes = append(notes, Note{
				Kind: Unrun, Event: completed.GetEventId(), EventType: completed.GetEventType().String(), Name: call.Name, Source: call.Source(),
			})
		}
	}
	return notes
}

// canBeHeartbeat reports whether the Workflow Task can have completed while a local
// activity was running. Signals that came meanwhile are written before the next one.
func (c *cell) canBeHeartbeat(t task) bool {
	for _, e := range c.recording.History.GetEvents()[t.end:] {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
			enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED:
		default:
			return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
		}
	}
	return false
}
