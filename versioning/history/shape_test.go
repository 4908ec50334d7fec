package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestShape holds which recordings are one to a person.
func TestShape(t *testing.T) {
	t.Parallel()
	started := &historypb.HistoryEvent{EventId: 1, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
			WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
				WorkflowType: &commonpb.WorkflowType{Name: "Order"}}}}
	activity := func(id int64, name string) *historypb.HistoryEvent {
		return &historypb.HistoryEvent{EventId: id, EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
			Attributes: &historypb.HistoryEvent_ActivityTaskScheduledEventAttributes{
				ActivityTaskScheduledEventAttributes: &historypb.ActivityTaskScheduledEventAttributes{
					ActivityType: &commonpb.ActivityType{Name: name}}}}
	}
	timer := func(id int64, name string) *historypb.HistoryEvent {
		return &historypb.HistoryEvent{EventId: id, EventType: enumspb.EVENT_TYPE_TIMER_STARTED,
			Attributes: &historypb.HistoryEvent_TimerStartedEventAttributes{
				TimerStartedEventAttributes: &historypb.TimerStartedEventAttributes{TimerId: name}}}
	}
	signal := func(id int64, name string) *historypb.HistoryEvent {
		return &historypb.HistoryEvent{EventId: id, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
			Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{
				WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{SignalName: name}}}
	}
	closed := &historypb.HistoryEvent{EventId: 99, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED}
	shape := func(events ...*historypb.HistoryEvent) string {
		r := history.Recording{History: &historypb.History{Events: append([]*historypb.HistoryEvent{started}, events...)}}
		return r.Shape()
	}
	base := shape(activity(5, "Charge"), timer(9, "9"))
	for _, tt := range []struct {
		name string
		got  string
		same bool
		why  string
	}{
		{"closed", shape(activity(5, "Charge"), timer(9, "9"), closed), true, "one is only further than the other"},
		{"more often", shape(activity(5, "Charge"), timer(9, "9"), activity(13, "Charge")), true, "a loop runs as often as it has to"},
		{"numbers", shape(activity(7, "Charge"), timer(12, "12")), true, "the SDK makes them"},
		{"another activity", shape(activity(5, "Refund"), timer(9, "9")), false, "it does something else"},
		{"another order", shape(timer(5, "5"), activity(9, "Charge")), false, "it does it otherwise"},
		{"a signal", shape(activity(5, "Charge"), signal(6, "paid"), timer(9, "9")), false, "more has come"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.same, tt.got == base, tt.why)
		})
	}
}
