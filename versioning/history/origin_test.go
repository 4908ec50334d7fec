package history_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// originFields name the event that one follows from. The events of Workflow Tasks are not looked for by these IDs.
var originFields = []protoreflect.Name{"scheduled_event_id", "initiated_event_id", "accepted_event_id", "started_event_id"}

// TestOrigins goes through every event type that names another event, those of a newer API too: an ID that is not that of such
// an event before it is refused, and with the place. Nothing is refused where the ID says nothing.
func TestOrigins(t *testing.T) {
	t.Parallel()
	attributes := (&historypb.HistoryEvent{}).ProtoReflect().Descriptor().Oneofs().ByName("attributes").Fields()
	tried := 0
	for i := range attributes.Len() {
		of := attributes.Get(i)
		name := string(of.Name())
		var field protoreflect.FieldDescriptor
		for _, candidate := range originFields {
			if field = of.Message().Fields().ByName(candidate); field != nil {
				break
			}
		}
		if field == nil || strings.HasPrefix(name, "workflow_task_") || strings.HasPrefix(name, "activity_properties_") {
			continue
		}
		tried++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, tt := range []struct {
				id   int64
				want string
				why  string
			}{
				{0, "", "it says nothing"},
				{-23, "", "common.EmptyEventID of old services"},
				{3, "which is WorkflowTaskStarted", "an event of another kind"},
				{19, "which does not come before it", "a later one"},
				{18, "which is itself", "itself"},
				{1 << 62, "which does not come before it", "nobody reads beyond the end"},
			} {
				h := activityHistory(2)
				b := &historyBuilder{events: h.Events[:16:16]} // behind the last Workflow Task
				ev := &historypb.HistoryEvent{}
				value := ev.ProtoReflect().Mutable(of).Message()
				value.Set(field, protoreflect.ValueOfInt64(tt.id))
				if task := of.Message().Fields().ByName("workflow_task_completed_event_id"); task != nil {
					value.Set(task, protoreflect.ValueOfInt64(16))
				}
				b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_MarkerRecordedEventAttributes{
					MarkerRecordedEventAttributes: &historypb.MarkerRecordedEventAttributes{MarkerName: "x", WorkflowTaskCompletedEventId: 16}}})
				b.add(ev)
				_, err := history.Decode("x.json", showJSON(t, &historypb.History{Events: b.events}))
				if tt.want == "" {
					require.NoError(t, err, tt.why)
					continue
				}
				var format *history.FormatError
				require.ErrorAs(t, err, &format, "%d: %s", tt.id, tt.why)
				require.Equal(t, history.KindNoOrigin, format.Kind, tt.why)
				require.Equal(t, int64(18), format.Event, tt.why)
				require.ErrorContains(t, err, tt.want)
				_, err = history.Encode(&history.Recording{Name: "x", History: &historypb.History{Events: b.events}})
				require.ErrorAs(t, err, &format, "what is not read is not written")
			}
		})
	}
	require.Greater(t, tried, 25)
}
