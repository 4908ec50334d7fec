package rehearse_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A news is what comes to an execution between two Workflow Tasks.
type news func(list []*historypb.HistoryEvent) *historypb.HistoryEvent

// recorded runs an execution with a Worker that nothing guards: local activities and side effects
// run. Each news brings a Workflow Task. The history is what package accept makes of the answers.
func recorded(t *testing.T, stage versioning.Stage, config replay.Config, workflowType string, input any,
	brings ...news) *history.Recording {
	t.Helper()
	w := live(t, stage, config)
	list := []*historypb.HistoryEvent{begun(t, config, workflowType, input)}
	r := &history.Recording{WorkflowID: "order-1", RunID: "7f1c3f9e-5c0e-4f5e-9f1f-3b1d2c4a5e6f",
		Namespace: "shop", Lineage: []string{stage.Name}}
	previous := int64(0)
	for n := 0; ; n++ {
		list = append(list, &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
			Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
				WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{
					TaskQueue: &taskqueuepb.TaskQueue{Name: "shop"}, Attempt: 1}}})
		number(list)
		list = append(list, &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
			Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
				WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{
					ScheduledEventId: int64(len(list))}}})
		number(list)
		a, err := w.Do(t.Context(), &frontend.Task{WorkflowID: r.WorkflowID, RunID: r.RunID,
			WorkflowType: workflowType, Events: cloned(list), Previous: previous})
		require.NoError(t, err)
		require.Nil(t, a.Failed, "%v", a.Failed)
		previous = int64(len(list))
		outcome := accept.Take(list, a.Completed, accept.Circumstances{
			At: list[len(list)-1].GetEventTime().AsTime(), Namespace: "shop"})
		require.Nil(t, outcome.Refused)
		list = append(list, outcome.Events...)
		number(list)
		if n == len(brings) {
			break
		}
		list = append(list, brings[n](list))
		number(list)
	}
	for _, e := range list { // timeouts by the clock are over when it is rehearsed
		e.EventTime = timestamppb.New(e.GetEventTime().AsTime().Add(-48 * time.Hour))
	}
	r.History = &historypb.History{Events: list}
	return r
}

func begun(t *testing.T, config replay.Config, workflowType string, input any) *historypb.HistoryEvent {
	dc := config.Worker.DataConverter
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	payloads, err := converter.WithDataConverterSerializationContext(dc,
		converter.WorkflowSerializationContext{Namespace: "shop", WorkflowID: "order-1"}).ToPayloads(input)
	require.NoError(t, err)
	return &historypb.HistoryEvent{EventId: 1, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		EventTime: timestamppb.Now(),
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
			WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
				WorkflowType: &commonpb.WorkflowType{Name: workflowType}, Input: payloads,
				TaskQueue:              &taskqueuepb.TaskQueue{Name: "shop"},
				OriginalExecutionRunId: "7f1c3f9e-5c0e-4f5e-9f1f-3b1d2c4a5e6f",
				FirstExecutionRunId:    "7f1c3f9e-5c0e-4f5e-9f1f-3b1d2c4a5e6f",
				WorkflowTaskTimeout:    durationpb.New(10 * time.Second),
				WorkflowRunTimeout:     durationpb.New(24 * time.Hour),
				Attempt:                1, Header: &commonpb.Header{},
				FirstWorkflowTaskBackoff: durationpb.New(0),
			}}}
}

// number gives events their IDs and times.
func number(list []*historypb.HistoryEvent) {
	for i, e := range list {
		e.EventId = int64(i) + 1
		if e.EventTime == nil {
			e.EventTime = timestamppb.New(list[i-1].GetEventTime().AsTime().Add(time.Second))
		}
	}
}

func cloned(list []*historypb.HistoryEvent) (clones []*historypb.HistoryEvent) {
	for _, e := range list {
		clones = append(clones, proto.CloneOf(e))
	}
	return clones
}

// live starts a Worker that acts.
func live(t *testing.T, stage versioning.Stage, config replay.Config) *frontend.Worker {
	t.Helper()
	var w *frontend.Worker
	var options worker.Options
	if stage.WorkerOptions != nil {
		stage.WorkerOptions(&options)
	}
	options.Interceptors = append(append([]interceptor.WorkerInterceptor{}, config.Worker.Interceptors...),
		&began{began: func(info *workflow.Info) { w.Began(info) }})
	w, err := frontend.Start(frontend.Options{
		Namespace: "shop", Register: stage.Register, Activities: stage.RegisterActivities, Worker: options,
		Logger: config.Logger,
		Client: client.Options{
			DataConverter: config.Worker.DataConverter, FailureConverter: config.Worker.FailureConverter,
			ContextPropagators: config.Worker.ContextPropagators, ExternalStorage: config.Worker.ExternalStorage,
		},
	})
	require.NoError(t, err)
	t.Cleanup(w.Stop)
	return w
}

type began struct {
	interceptor.WorkerInterceptorBase
	began func(*workflow.Info)
}

func (b *began) InterceptWorkflow(ctx workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	b.began(workflow.GetInfo(ctx))
	return next
}

// signal brings a signal without arguments.
func signal(name string) news {
	return func([]*historypb.HistoryEvent) *historypb.HistoryEvent {
		return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
			Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{
				WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{
					SignalName: name, Header: &commonpb.Header{}}}}
	}
}

// fires fires the timer that was started last.
func fires(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	for i := len(list) - 1; i >= 0; i-- {
		if timer := list[i].GetTimerStartedEventAttributes(); timer != nil {
			return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_TIMER_FIRED,
				Attributes: &historypb.HistoryEvent_TimerFiredEventAttributes{
					TimerFiredEventAttributes: &historypb.TimerFiredEventAttributes{
						TimerId: timer.GetTimerId(), StartedEventId: list[i].GetEventId()}}}
		}
	}
	panic(fmt.Sprintf("no timer in %d events", len(list)))
}

func eventually(ctx context.Context, d time.Duration) { // waits in a local activity
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
