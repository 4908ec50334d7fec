package history

import (
	"fmt"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// checkTask makes sure that an event which a command of workflow code made leads to the Workflow
// Task that made it: the service writes both at once, the WorkflowTaskCompleted event first, with
// no other one between (workflow_task_completed_handler.go in the server's
// service/history/api/respondworkflowtaskcompleted). Without that the events of several tasks
// cannot be told apart, and a replay accepts what is not there. completed is the ID of the last
// WorkflowTaskCompleted event before, 0 if there is none.
//
// An ID that is not positive says nothing: services have written 0 or -23 (common.EmptyEventID)
// where an event was not made by a command, as in a run that was continued as new by its cron
// schedule.
func checkTask(path string, ev *historypb.HistoryEvent, completed int64) error {
	task := events.TaskOf(ev)
	if task <= 0 || task == completed {
		return nil
	}
	e := &FormatError{Path: path, Kind: KindNoTask, Event: ev.GetEventId()}
	if completed == 0 {
		e.Detail = fmt.Sprintf("%s belongs to the Workflow Task that event %d completed, and no "+
			"WorkflowTaskCompleted comes before it", ev.GetEventType(), task)
	} else {
		e.Detail = fmt.Sprintf("%s belongs to the Workflow Task that event %d completed, and the last "+
			"WorkflowTaskCompleted before it is event %d", ev.GetEventType(), task, completed)
	}
	return e
}
