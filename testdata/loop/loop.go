// Package loop has a workflow that calls an activity over and over, and the history that a service keeps of it: what
// benchmarks replay.
package loop

import (
	"strconv"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Workflow calls an activity n times.
func Workflow(ctx workflow.Context, n int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for range n {
		if err := workflow.ExecuteActivity(ctx, "Step").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Recording makes the history that a service keeps of Workflow, with
// the fields that a replay and a decoder see. A benchmark needs no verdict, so
// it needs no service either.
func Recording(activities int) *history.Recording {
	h := &historypb.History{}
	add := func(e *historypb.HistoryEvent) int64 {
		e.EventId = int64(len(h.Events) + 1)
		e.EventTime = timestamppb.New(time.Unix(1_800_000_000, 123_456_789*e.EventId%1e9))
		h.Events = append(h.Events, e)
		return e.EventId
	}
	queue := &taskqueuepb.TaskQueue{Name: "loop", Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
	payloads := func(json string) *commonpb.Payloads {
		return &commonpb.Payloads{Payloads: []*commonpb.Payload{{
			Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(json)}}}
	}
	task := func() int64 {
		scheduled := add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
			Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{TaskQueue: queue, Attempt: 1}}})
		started := add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
			Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: scheduled}}})
		return add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
			Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{ScheduledEventId: scheduled, StartedEventId: started}}})
	}
	add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
			WorkflowType: &commonpb.WorkflowType{Name: "Loop"}, TaskQueue: queue, Input: payloads(strconv.Itoa(activities)), Attempt: 1}}})
	completed := task()
	for range activities {
		id := int64(len(h.Events) + 1)
		scheduled := add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
			Attributes: &historypb.HistoryEvent_ActivityTaskScheduledEventAttributes{ActivityTaskScheduledEventAttributes: &historypb.ActivityTaskScheduledEventAttributes{
				ActivityId: strconv.FormatInt(id, 10), ActivityType: &commonpb.ActivityType{Name: "Step"}, TaskQueue: queue, WorkflowTaskCompletedEventId: completed,
				StartToCloseTimeout: durationpb.New(time.Minute), ScheduleToCloseTimeout: &durationpb.Duration{}, ScheduleToStartTimeout: &durationpb.Duration{},
				HeartbeatTimeout: &durationpb.Duration{},
				RetryPolicy:      &commonpb.RetryPolicy{InitialInterval: durationpb.New(time.Second), BackoffCoefficient: 2, MaximumInterval: durationpb.New(100 * time.Second)}}}})
		started := add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED,
			Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: scheduled, Attempt: 1}}})
		add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
			Attributes: &historypb.HistoryEvent_ActivityTaskCompletedEventAttributes{ActivityTaskCompletedEventAttributes: &historypb.ActivityTaskCompletedEventAttributes{
				Result: payloads(`"done"`), ScheduledEventId: scheduled, StartedEventId: started}}})
		completed = task()
	}
	add(&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{WorkflowTaskCompletedEventId: completed}}})
	return &history.Recording{Name: "loop", History: h}
}
