package pull

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestTells compares the file of an open run, whose data is made up anew each time, with what the service has.
func TestTells(t *testing.T) {
	t.Parallel()
	event := func(id int64, kind enumspb.EventType, at time.Duration, identity string) *historypb.HistoryEvent {
		return &historypb.HistoryEvent{EventId: id, EventType: kind, EventTime: timestamppb.New(time.Unix(0, 0).Add(at)),
			Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
				WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{Identity: identity}}}
	}
	recording := func(events ...*historypb.HistoryEvent) *history.Recording {
		return &history.Recording{History: &historypb.History{Events: events}}
	}
	const started, timedOut = enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED, enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT
	file := stored{recording: recording(event(1, started, 0, "redacted-1"), event(2, started, time.Second, "redacted-1"))}
	for _, tt := range []struct {
		why  string
		now  *history.Recording
		want bool
	}{
		{"nothing has happened", recording(event(1, started, 0, "alice"), event(2, started, time.Second, "alice")), true},
		{"it has gone on", recording(event(1, started, 0, "alice"), event(2, started, time.Second, "alice"), event(3, timedOut, time.Minute, "")), false},
		{"the end is another one, as after a failover", recording(event(1, started, 0, "alice"), event(2, timedOut, time.Second, "")), false},
		{"or at another time", recording(event(1, started, 0, "alice"), event(2, started, time.Minute, "alice")), false},
	} {
		require.Equal(t, tt.want, file.tells(tt.now), tt.why)
	}
}
