package replay

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// tasks is a history of n workflow tasks, which complete at events 4, 8, 12….
func tasks(n int) (events []*historypb.HistoryEvent) {
	add := func(types ...enumspb.EventType) {
		for _, eventType := range types {
			events = append(events, &historypb.HistoryEvent{EventId: int64(len(events) + 1), EventType: eventType})
		}
	}
	add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
	for range n {
		add(enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
			enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, enumspb.EVENT_TYPE_TIMER_STARTED)
	}
	return events
}

func TestFirstFailingTask(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tasks     int
		failsFrom int // the number of the first task that does not replay
		want      int64
		why       string
	}{
		{0, 1, 0, "no worker has completed a task"},
		{1, 1, 4, "there is only one to blame, and no need to replay it again"},
		{2, 1, 4, "the first of two"},
		{2, 2, 8, "the last is known to fail, as the whole does"},
		{7, 4, 16, "in the middle"},
		{1000, 731, 2924, "ten replays of a thousand"},
	} {
		t.Run(fmt.Sprintf("%d of %d", tt.failsFrom, tt.tasks), func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			replays := 0
			got := firstFailingTask(tasks(tt.tasks), func(prefix []*historypb.HistoryEvent) bool {
				replays++
				require.Equal(t, enumspb.EVENT_TYPE_TIMER_STARTED, prefix[len(prefix)-1].GetEventType(), "a prefix ends with the commands of a task")
				return len(prefix) > 4*tt.failsFrom
			})
			require.Equal(t, tt.want, got, tt.why)
			require.LessOrEqual(t, replays, 10)
		})
	}
}
