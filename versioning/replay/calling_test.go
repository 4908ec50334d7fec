package replay_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// calling returns the recording of code that calls A for one key after the other. Its
// rounds are those of the fault, recorded with the keys a, b and c, repeated for as many keys
// as are wanted: a made-up history of a real service's events.
func calling(t testing.TB, name string, keys ...string) *history.Recording {
	t.Helper()
	r := fault(t, name)
	events := r.History.GetEvents()
	const start, round = 4, 6 // a round is the activity with its two events, and the next Workflow Task
	made := events[:start:start]
	for i := range keys {
		from := start + i%3*round
		for _, e := range events[from : from+round] {
			made = append(made, proto.CloneOf(e))
		}
	}
	made = append(made, events[len(events)-1])
	var scheduled, task, started, completed int64
	for i, e := range made {
		e.EventId = int64(i + 1)
		switch a := e.GetAttributes().(type) {
		case *historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes:
			task = e.EventId
		case *historypb.HistoryEvent_WorkflowTaskStartedEventAttributes:
			a.WorkflowTaskStartedEventAttributes.ScheduledEventId, started = task, e.EventId
		case *historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes:
			a.WorkflowTaskCompletedEventAttributes.ScheduledEventId,
				a.WorkflowTaskCompletedEventAttributes.StartedEventId = task, started
			completed = e.EventId
		case *historypb.HistoryEvent_ActivityTaskScheduledEventAttributes:
			scheduled = e.EventId
			a.ActivityTaskScheduledEventAttributes.ActivityId = strconv.FormatInt(e.EventId, 10)
			a.ActivityTaskScheduledEventAttributes.WorkflowTaskCompletedEventId = completed
			a.ActivityTaskScheduledEventAttributes.Input.Payloads[0].Data = []byte(strconv.Quote(keys[(i-start)/round]))
		case *historypb.HistoryEvent_ActivityTaskStartedEventAttributes:
			a.ActivityTaskStartedEventAttributes.ScheduledEventId = scheduled
		case *historypb.HistoryEvent_ActivityTaskCompletedEventAttributes:
			a.ActivityTaskCompletedEventAttributes.ScheduledEventId,
				a.ActivityTaskCompletedEventAttributes.StartedEventId = scheduled, e.EventId-1
			a.ActivityTaskCompletedEventAttributes.Result.Payloads[0].Data = []byte(strconv.Quote("a:" +
				keys[(i-start)/round]))
		case *historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes:
			a.WorkflowExecutionCompletedEventAttributes.WorkflowTaskCompletedEventId = completed
		}
	}
	r.History.Events = made
	if len(keys) == 3 {
		require.True(t, proto.Equal(fault(t, name).History, r.History), "with the keys of the fault it is that history")
	}
	return r
}
