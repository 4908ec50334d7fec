package history_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestWorkflowTaskIDs changes what the events of commands say of the Workflow Task that made them,
// in a history whose tasks are completed by the events 4, 10 and 16.
func TestWorkflowTaskIDs(t *testing.T) {
	t.Parallel()
	scheduled := func(h *historypb.History, id int64) *historypb.ActivityTaskScheduledEventAttributes {
		return h.Events[id-1].GetActivityTaskScheduledEventAttributes()
	}
	closing := func(h *historypb.History) *historypb.WorkflowExecutionCompletedEventAttributes {
		return h.Events[len(h.Events)-1].GetWorkflowExecutionCompletedEventAttributes()
	}
	insert := func(h *historypb.History, e *historypb.HistoryEvent) {
		b := &historyBuilder{events: h.Events[:10:10]}
		b.add(e)
		h.Events = b.events
	}
	for _, tt := range []struct {
		name   string
		change func(*historypb.History)
		event  int64 // 0 if it is read
		why    string
	}{
		{"as it is", func(*historypb.History) {}, 0, "a service wrote it"},
		{"none", func(h *historypb.History) { scheduled(h, 5).WorkflowTaskCompletedEventId = 0 }, 0, "0 says nothing"},
		{"empty in old services", func(h *historypb.History) { closing(h).WorkflowTaskCompletedEventId = -23 }, 0,
			"common.EmptyEventID was -23"},
		{"of an event that is none", func(h *historypb.History) { scheduled(h, 5).WorkflowTaskCompletedEventId = 3 }, 5,
			"event 3 is WorkflowTaskStarted"},
		{"of itself", func(h *historypb.History) { scheduled(h, 11).WorkflowTaskCompletedEventId = 11 }, 11,
			"it does not come before"},
		{"of a later one", func(h *historypb.History) { scheduled(h, 5).WorkflowTaskCompletedEventId = 10 }, 5,
			"it does not come before"},
		{"of an earlier one", func(h *historypb.History) { scheduled(h, 11).WorkflowTaskCompletedEventId = 4 }, 11,
			"its commands come right after it"},
		{"beyond the end", func(h *historypb.History) { closing(h).WorkflowTaskCompletedEventId = 99 }, 17,
			"there is no such event"},
		{"the end of another task", func(h *historypb.History) { closing(h).WorkflowTaskCompletedEventId = 10 }, 17,
			"the last one closed it"},
		{"continued by the service", func(h *historypb.History) {
			insert(h, &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes{
				WorkflowExecutionContinuedAsNewEventAttributes: &historypb.WorkflowExecutionContinuedAsNewEventAttributes{}}})
		}, 0, "a cron schedule is no command"},
		{"a marker", func(h *historypb.History) {
			insert(h, &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_MarkerRecordedEventAttributes{
				MarkerRecordedEventAttributes: &historypb.MarkerRecordedEventAttributes{WorkflowTaskCompletedEventId: 9}}})
		}, 11, "every command has one"},
		{"a cancellation", func(h *historypb.History) {
			insert(h, &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_TimerCanceledEventAttributes{
				TimerCanceledEventAttributes: &historypb.TimerCanceledEventAttributes{WorkflowTaskCompletedEventId: 4}}})
		}, 11, "every command has one"},
		{"an answer", func(h *historypb.History) {
			insert(h, &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_SignalExternalWorkflowExecutionFailedEventAttributes{
				SignalExternalWorkflowExecutionFailedEventAttributes: &historypb.SignalExternalWorkflowExecutionFailedEventAttributes{WorkflowTaskCompletedEventId: 4}}})
		}, 0, "it comes later, and the SDK reads nothing of it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			h := activityHistory(2)
			tt.change(h)
			_, err := history.Decode("x.json", showJSON(t, h))
			if tt.event == 0 {
				require.NoError(t, err, tt.why)
				return
			}
			var format *history.FormatError
			require.ErrorAs(t, err, &format, tt.why)
			require.Equal(t, history.KindNoTask, format.Kind)
			require.Equal(t, tt.event, format.Event)
			require.Contains(t, err.Error(), "recording x.json: event "+strconv.FormatInt(tt.event, 10)+": ")
			require.Contains(t, err.Error(), "; download the history again with: ")

			_, err = history.Encode(&history.Recording{Name: "x", History: h})
			require.ErrorAs(t, err, &format, "what is not read is not written")
			require.Equal(t, history.KindNoTask, format.Kind)
		})
	}
}
