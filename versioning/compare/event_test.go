package compare_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

func timerOf(d time.Duration) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventId: 5, EventType: enumspb.EVENT_TYPE_TIMER_STARTED,
		Attributes: &historypb.HistoryEvent_TimerStartedEventAttributes{
			TimerStartedEventAttributes: &historypb.TimerStartedEventAttributes{
				TimerId: "5", StartToFireTimeout: durationpb.New(d)}}}
}

func markerOf(t *testing.T, value any) *historypb.HistoryEvent {
	t.Helper()
	data, err := converter.GetDefaultDataConverter().ToPayloads(value)
	require.NoError(t, err)
	return &historypb.HistoryEvent{EventId: 5, EventType: enumspb.EVENT_TYPE_MARKER_RECORDED,
		Attributes: &historypb.HistoryEvent_MarkerRecordedEventAttributes{
			MarkerRecordedEventAttributes: &historypb.MarkerRecordedEventAttributes{
				MarkerName: "SideEffect", Details: map[string]*commonpb.Payloads{"data": data}}}}
}

// TestEvents compares what two commands make.
func TestEvents(t *testing.T) {
	t.Parallel()
	input := func(v string) *historypb.HistoryEvent {
		payloads, err := converter.GetDefaultDataConverter().ToPayloads(v)
		require.NoError(t, err)
		return &historypb.HistoryEvent{EventId: 5, EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
			Attributes: &historypb.HistoryEvent_ActivityTaskScheduledEventAttributes{
				ActivityTaskScheduledEventAttributes: &historypb.ActivityTaskScheduledEventAttributes{
					ActivityId: "5", ActivityType: &commonpb.ActivityType{Name: "Charge"}, Input: payloads}}}
	}
	for _, tt := range []struct {
		why          string
		was, now     *historypb.HistoryEvent
		except, want []string
	}{
		{"equal timers", timerOf(time.Hour), timerOf(time.Hour), nil, nil},
		{"another duration", timerOf(time.Hour), timerOf(time.Minute), nil, []string{"TimerStarted.startToFireTimeout"}},
		{"a field that nobody asks for", timerOf(time.Hour), timerOf(time.Minute), []string{"startToFireTimeout"}, nil},
		{"another argument", input("a"), input("b"), nil, []string{"ActivityTaskScheduled(Charge).input[0]"}},
		{"equal arguments", input("a"), input("a"), nil, nil},
		{"equal markers", markerOf(t, 1), markerOf(t, 1), nil, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			started := &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED}
			var paths []string
			for _, d := range compare.Events(tt.was, tt.now, started,
				payload.Decoder{Converter: converter.GetDefaultDataConverter()},
				compare.Comparison{Level: compare.Values}, tt.except...) {
				paths = append(paths, d.Path)
			}
			if diff := cmp.Diff(tt.want, paths); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
