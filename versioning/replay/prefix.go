package replay

import (
	"sort"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// firstFailingTask returns the ID of the WorkflowTaskCompleted event of the
// first workflow task that does not replay, in a history that does not as a
// whole; 0 if it has no such event. It replays prefixes of the history that end
// with the commands of a task, about as many as the binary logarithm of the
// number of tasks.
func firstFailingTask(events []*historypb.HistoryEvent, fails func(prefix []*historypb.HistoryEvent) bool) int64 {
	var completed []int64
	for _, e := range events {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			completed = append(completed, e.GetEventId())
		}
	}
	if len(completed) == 0 {
		return 0
	}
	first := sort.Search(len(completed)-1, func(i int) bool {
		// Before the next task come its two events, scheduled and started;
		// what happened between the tasks belongs to the next one.
		return fails(events[:completed[i+1]-3])
	})
	return completed[first]
}
