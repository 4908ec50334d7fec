package replay

import (
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

const olderCode = "this code is older than the execution; do not roll back to it while such executions are open"

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
	task := v.taskOf(at)
	for _, m := range v.markers {
		if _, asked := v.asked[m.changeID]; !asked && v.taskOf(m.event) == task {
			return fmt.Sprintf("history took %s of %q here, which the code had not asked for by then; it is not the code that ran, or makes a new call before that one",
				versionName(m.version), m.changeID)
		}
	}
	if changeID := v.onlyDefaultIn(task); changeID != "" {
		return fmt.Sprintf("%q has no marker, so the code took its DefaultVersion branch; unless that is what ran, keep this code away from such executions", changeID)
	}
	return "no GetVersion decides it; branch with GetVersion"
}

// onlyDefaultIn returns the change ID that the code asked for in the workflow
// task and that the history has no marker of, "" if there is none or several:
// nobody can tell which of several is to blame.
func (v versions) onlyDefaultIn(task int64) (only string) {
	for changeID, call := range v.asked {
		if v.of(changeID) != nil || completionOf(v.events, call.taskStarted).GetEventId() != task {
			continue
		}
		if only != "" {
			return ""
		}
		only = changeID
	}
	return only
}

// taskOf returns the ID of the WorkflowTaskCompleted event of the workflow task
// that the event belongs to or follows, 0 if there is none.
func (v versions) taskOf(e *historypb.HistoryEvent) int64 {
	for id := e.GetEventId(); id > 0; id-- {
		if eventByID(v.events, id).GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			return id
		}
	}
	return 0
}
