package history_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/temporalproto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

const (
	workflowID = "order-4711"
	runID      = "0198c0de-0000-7000-8000-000000000001"
)

// activityHistory is what a service writes for a workflow that runs the given number of activities
// one after the other: 5 + 6n events, so 11 for one activity.
func activityHistory(activities int) *historypb.History {
	b := &historyBuilder{}
	queue := &taskqueuepb.TaskQueue{Name: "orders", Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
	b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
		WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
			WorkflowType: &commonpb.WorkflowType{Name: "Order"}, TaskQueue: queue,
			Input:                    text("Temporal"),
			WorkflowExecutionTimeout: durationpb.New(0), WorkflowRunTimeout: durationpb.New(0),
			WorkflowTaskTimeout:    durationpb.New(10 * time.Second),
			OriginalExecutionRunId: runID, FirstExecutionRunId: runID, WorkflowId: workflowID,
			Identity: "starter@test", Attempt: 1, FirstWorkflowTaskBackoff: durationpb.New(0),
			Memo: &commonpb.Memo{Fields: map[string]*commonpb.Payload{"customer": payload(`"Ann"`),
				"batch": payload(`7`)}},
			Header: &commonpb.Header{},
		}}})
	task := b.workflowTask(queue)
	for i := range activities {
		scheduled := b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_ActivityTaskScheduledEventAttributes{
			ActivityTaskScheduledEventAttributes: &historypb.ActivityTaskScheduledEventAttributes{
				ActivityId: strconv.Itoa(len(b.events) + 1), ActivityType: &commonpb.ActivityType{Name: "Charge"},
				TaskQueue: queue, Input: text(fmt.Sprintf("charge %d of customer Ann", i)), Header: &commonpb.Header{},
				ScheduleToCloseTimeout: durationpb.New(0), ScheduleToStartTimeout: durationpb.New(0),
				StartToCloseTimeout: durationpb.New(time.Minute), HeartbeatTimeout: durationpb.New(0),
				WorkflowTaskCompletedEventId: task,
				RetryPolicy: &commonpb.RetryPolicy{InitialInterval: durationpb.New(time.Second), BackoffCoefficient: 2,
					MaximumInterval: durationpb.New(100 * time.Second)},
			}}})
		started := b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
			ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{
				ScheduledEventId: scheduled, Identity: "worker@test", RequestId: "5f1c3d9e-1111-4222-8333-444455556666",
				Attempt: 1,
			}}})
		b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_ActivityTaskCompletedEventAttributes{
			ActivityTaskCompletedEventAttributes: &historypb.ActivityTaskCompletedEventAttributes{
				Result: text("charged"), ScheduledEventId: scheduled, StartedEventId: started, Identity: "worker@test",
			}}})
		task = b.workflowTask(&taskqueuepb.TaskQueue{Name: "worker@test:sticky", Kind: enumspb.TASK_QUEUE_KIND_STICKY,
			NormalName: "orders"})
	}
	b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
		WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{
			Result: text("done"), WorkflowTaskCompletedEventId: task,
		}}})
	return &historypb.History{Events: b.events}
}

type historyBuilder struct{ events []*historypb.HistoryEvent }

// typeOf reads the event type off the name of the attributes: the API names both alike.
func typeOf(ev *historypb.HistoryEvent) enumspb.EventType {
	m := ev.ProtoReflect()
	fd := m.WhichOneof(m.Descriptor().Oneofs().ByName("attributes"))
	name := strings.ToUpper(strings.TrimSuffix(string(fd.Name()), "_event_attributes"))
	return enumspb.EventType(enumspb.EventType_value["EVENT_TYPE_"+name])
}

func (b *historyBuilder) add(ev *historypb.HistoryEvent) int64 {
	n := int64(len(b.events) + 1)
	ev.EventId, ev.TaskId = n, 1048576+n
	ev.EventTime = timestamppb.New(time.Date(2026, 1, 2, 3, 4, 5, int(n)*1000, time.UTC))
	ev.EventType = typeOf(ev)
	b.events = append(b.events, ev)
	return n
}

func (b *historyBuilder) workflowTask(queue *taskqueuepb.TaskQueue) int64 {
	scheduled := b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
		WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{
			TaskQueue: queue, StartToCloseTimeout: durationpb.New(10 * time.Second), Attempt: 1,
		}}})
	started := b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
		WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{
			ScheduledEventId: scheduled, Identity: "worker@test", RequestId: "8a7b6c5d-1111-4222-8333-444455556666",
			HistorySizeBytes: 1024,
		}}})
	return b.add(&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
		WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{
			ScheduledEventId: scheduled, StartedEventId: started, Identity: "worker@test",
			SdkMetadata: &sdkpb.WorkflowTaskCompletedMetadata{SdkName: "temporal-go", SdkVersion: "1.50.0"},
		}}})
}

func payload(json string) *commonpb.Payload {
	return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(json)}
}

func text(s string) *commonpb.Payloads {
	return &commonpb.Payloads{Payloads: []*commonpb.Payload{payload(strconv.Quote(s))}}
}

// recording is a complete recording of the 11-event history.
func recording() *history.Recording {
	return &history.Recording{
		Family: "patching", Name: "initial+patched.completed",
		Lineage: []string{"initial", "patched"}, Scenario: "completed",
		WorkflowID: "patching-1", RunID: "0198c0de-0000-7000-8000-0000000000ff",
		SDKVersion: "1.50.0", ServerVersion: "1.32.1",
		RecordedAt: time.Date(2026, 11, 21, 22, 13, 52, 0, time.UTC),
		History:    activityHistory(1),
	}
}

// showJSON is what "temporal workflow show --output json" prints.
func showJSON(t testing.TB, h *historypb.History) []byte {
	t.Helper()
	data, err := temporalproto.CustomJSONMarshalOptions{Indent: "  "}.Marshal(h)
	require.NoError(t, err)
	return data
}
