package redact_test

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// builder writes the history of an execution that a test needs and no family has.
type builder struct {
	t      testing.TB
	events []*historypb.HistoryEvent
	last   int64
}

func (b *builder) add(e *historypb.HistoryEvent) int64 {
	e.EventId = int64(len(b.events) + 1)
	b.events = append(b.events, e)
	return e.EventId
}

// payload is the value as the SDK encodes it; JSON is taken as it is, and a payload too.
func (b *builder) payload(value any) *commonpb.Payload {
	switch v := value.(type) {
	case *commonpb.Payload:
		return v
	case json.RawMessage:
		return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: v}
	}
	p, err := converter.GetDefaultDataConverter().ToPayload(value)
	require.NoError(b.t, err)
	return p
}

func (b *builder) payloads(values ...any) *commonpb.Payloads {
	all := &commonpb.Payloads{}
	for _, value := range values {
		all.Payloads = append(all.Payloads, b.payload(value))
	}
	return all
}

var queue = &taskqueuepb.TaskQueue{Name: "orders", Kind: enumspb.TASK_QUEUE_KIND_NORMAL}

func (b *builder) started(input ...any) *historypb.WorkflowExecutionStartedEventAttributes {
	a := &historypb.WorkflowExecutionStartedEventAttributes{
		WorkflowType: &commonpb.WorkflowType{Name: "Order"}, TaskQueue: queue, Input: b.payloads(input...),
		WorkflowTaskTimeout: durationpb.New(10 * time.Second), Identity: "4711@laptop-of-alice",
	}
	b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{WorkflowExecutionStartedEventAttributes: a}})
	return a
}

// task completes a Workflow Task; the commands that follow are its.
func (b *builder) task() {
	scheduled := b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{TaskQueue: queue}}})
	started := b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: scheduled}}})
	b.last = b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{ScheduledEventId: scheduled, StartedEventId: started}}})
}

// activity is scheduled with the ID that the SDK gives it, and completes.
func (b *builder) activity(name string, result any, input ...any) {
	scheduled := int64(len(b.events) + 1)
	b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_ActivityTaskScheduledEventAttributes{ActivityTaskScheduledEventAttributes: &historypb.ActivityTaskScheduledEventAttributes{
			ActivityId: itoa(scheduled), ActivityType: &commonpb.ActivityType{Name: name}, TaskQueue: queue,
			Input: b.payloads(input...), WorkflowTaskCompletedEventId: b.last,
			StartToCloseTimeout: durationpb.New(time.Minute),
			RetryPolicy: &commonpb.RetryPolicy{InitialInterval: durationpb.New(time.Second),
				MaximumInterval: durationpb.New(100 * time.Second), BackoffCoefficient: 2},
		}}})
	started := b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: scheduled}}})
	b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
		Attributes: &historypb.HistoryEvent_ActivityTaskCompletedEventAttributes{ActivityTaskCompletedEventAttributes: &historypb.ActivityTaskCompletedEventAttributes{
			ScheduledEventId: scheduled, StartedEventId: started, Result: b.payloads(result)}}})
}

func (b *builder) completed(result any) {
	b.add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{
			Result: b.payloads(result), WorkflowTaskCompletedEventId: b.last}}})
}

func (b *builder) recording() *history.Recording {
	return &history.Recording{Name: "order", WorkflowID: "order-workflow",
		RunID: "b6f1a2d8-0000-4000-8000-000000000000", History: &historypb.History{Events: b.events}}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// one is an execution with one activity, Check, between its input and its result.
func one(t testing.TB, input, argument, answer, result any) *history.Recording {
	b := &builder{t: t}
	b.started(input)
	b.task()
	b.activity("Check", answer, argument)
	b.task()
	b.completed(result)
	return b.recording()
}

func stage(name string, w any) versioning.Stage {
	return versioning.Stage{Name: name, Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: "Order"})
	}}
}

// check calls the activity Check.
func check[T any](ctx workflow.Context, argument any) (answer T, err error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, "Check", argument).Get(ctx, &answer)
	return answer, err
}

// redacted redacts, and returns what stands in the redacted recording besides.
func redacted(t *testing.T, r *history.Recording, opts redact.Options, stages ...versioning.Stage) (*history.Recording,
	redact.Report, string) {
	t.Helper()
	got, report, err := redact.Recording(t.Context(), stages, r, opts)
	require.NoError(t, err)
	return got, report, allData(t, got)
}

// allData is the data of all payloads, one a line.
func allData(t *testing.T, r *history.Recording) string {
	t.Helper()
	encoded, err := history.Encode(r)
	require.NoError(t, err)
	var lines []string
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			if data, ok := v["data"].(string); ok && v["metadata"] != nil {
				var p []byte
				require.NoError(t, json.Unmarshal([]byte(`"`+data+`"`), &p))
				lines = append(lines, string(p))
				return
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	var file struct{ Events []any }
	require.NoError(t, json.Unmarshal(encoded, &file))
	walk(file.Events)
	return strings.Join(lines, "\n")
}

func kept(report redact.Report) (list []string) {
	for _, k := range report.Kept {
		list = append(list, itoa(k.Event)+" "+k.Path+": "+string(k.Reason))
	}
	slices.Sort(list)
	return list
}

func verdictOf(t *testing.T, s versioning.Stage, r *history.Recording) replay.Verdict {
	t.Helper()
	return replay.Judge(t.Context(), s, r, nil).Verdict
}

func folder(name string) string { return "../../" + name }

// read reads a real recording.
func read(t testing.TB, dir, name string) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS(folder(dir)), name+".json")
	require.NoError(t, err)
	return r
}

func sdkMetadata(name string) *sdkpb.WorkflowTaskCompletedMetadata {
	return &sdkpb.WorkflowTaskCompletedMetadata{SdkName: name}
}
