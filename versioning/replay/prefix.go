package replay

import (
	"sort"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// firstFailingTask returns the ID of the WorkflowTaskCompleted event of the
// first workflow task that does not replay, 0 if every one does. It replays
// prefixes of the history that end with the commands of a task, about as many
// as the binary logarithm of the number of tasks.
func firstFailingTask(events []*historypb.HistoryEvent, fails func(prefix []*historypb.HistoryEvent) bool) int64 {
	var completed []int64
	for _, e := range events {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			completed = append(completed, e.GetEventId())
		}
	}
	first := sort.Search(len(completed), func(i int) bool {
		end := int64(len(events))
		if i+1 < len(completed) {
			// Before the next task come its two events, scheduled and started;
			// what happened between the tasks belongs to the next one.
			end = completed[i+1] - 3
		}
		return fails(events[:end])
	})
	if first == len(completed) {
		return 0
	}
	return completed[first]
}
