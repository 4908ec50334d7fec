package replay

import (
	"context"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// beside notes what is worth knowing of a replay that is accepted and proves nothing.
func (c *cell) beside(ctx context.Context, seen *observer.Observer, v versions) (notes []Note) {
	notes = append(v.replaced(), c.unanswered(ctx, seen)...)
	return append(notes, c.undelivered()...)
}

// replaced notes markers that no call asks for, where the code asks for another
// change ID in the same Workflow Task and finds no marker of it. If that is the same
// change under a new name, executions that took the new branch go on with the old one;
// if one was retired where another was added, all is well. The replayed part cannot tell
// as long as the branch is not reached.
func (v versions) replaced() (notes []Note) {
	for _, m := range v.markers {
		if _, asked := v.asked[m.changeID]; asked {
			continue
		}
		task := v.taskOf(m.event)
		instead := v.onlyDefault(func(call observer.Asked) bool { return v.completion(call.FirstStarted) == task })
		if instead == "" {
			continue
		}
		notes = append(notes, Note{
			Kind: VersionReplaced, Event: m.event.GetEventId(), EventType: m.event.GetEventType().String(),
			Name: m.changeID, Source: v.asked[instead].FirstSource.String(),
			Version: m.version, Instead: instead,
		})
	}
	return notes
}

// unanswered notes queries that the code answers which ran the execution.
func (c *cell) unanswered(ctx context.Context, seen *observer.Observer) (notes []Note) {
	ref := c.reference(ctx)
	if ref == nil {
		return nil
	}
	queries := seen.Queries()
	for _, query := range ref.queries {
		if !slices.Contains(queries, query) {
			notes = append(notes, Note{Kind: Unanswered, Name: query})
		}
	}
	return notes
}

// undelivered notes signals that came after the last Workflow Task that completed.
func (c *cell) undelivered() (notes []Note) {
	events := c.recording.History.GetEvents()
	for _, e := range slices.Backward(events[c.tasks[len(c.tasks)-1].End:]) {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED {
			name := e.GetWorkflowExecutionSignaledEventAttributes().GetSignalName()
			notes = append(notes,
				Note{Kind: Undelivered, Event: e.GetEventId(), EventType: e.GetEventType().String(), Name: name})
		}
	}
	slices.Reverse(notes)
	return notes
}

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
			if task.Started != call.Task || task.Closing || c.canBeHeartbeat(task) {
				continue
			}
			completed := events.ByID(c.recording.History.GetEvents(), task.Completed)
			notes = append(notes, Note{
				Kind: Unrun, Event: completed.GetEventId(), EventType: completed.GetEventType().String(),
				Name: call.Name, Source: call.Source(),
			})
		}
	}
	return notes
}

// canBeHeartbeat reports whether the Workflow Task can have completed while a local
// activity was running. Signals that came meanwhile are written before the next one.
func (c *cell) canBeHeartbeat(t task) bool {
	for _, e := range c.recording.History.GetEvents()[t.End:] {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
			enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED:
		default:
			return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
		}
	}
	return false
}
