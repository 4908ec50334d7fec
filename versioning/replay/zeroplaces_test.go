package replay_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	updatepb "go.temporal.io/api/update/v1"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestZeroPlaces is TestZeroValues in all places of a history that hold values which
// the code has passed.
func TestZeroPlaces(t *testing.T) {
	t.Parallel()
	const recorded = `{"ID":"x","Since":"0001-01-01T00:00:00Z"}`
	payload := &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(recorded)}
	payloads := &commonpb.Payloads{Payloads: []*commonpb.Payload{payload}}
	memo := &commonpb.Memo{Fields: map[string]*commonpb.Payload{"order": payload}}
	child := func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) event {
		a.WorkflowId, a.WorkflowType, a.TaskQueue = "child", &commonpb.WorkflowType{Name: "Child"},
			&taskqueuepb.TaskQueue{Name: "q"}
		a.WorkflowTaskTimeout, a.WorkflowTaskCompletedEventId = seconds(10), 4
		return event{enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes{StartChildWorkflowExecutionInitiatedEventAttributes: a},
		}}
	}
	for _, tt := range []struct {
		name   string
		events []event
		code   func(ctx workflow.Context, value any) (any, error)
		path   string
	}{
		{"child", []event{child(&historypb.StartChildWorkflowExecutionInitiatedEventAttributes{Input: payloads})},
			func(ctx workflow.Context, value any) (any, error) {
				workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx,
					workflow.ChildWorkflowOptions{WorkflowID: "child"}), "Child", value)
				return nil, workflow.Sleep(ctx, time.Hour)
			}, "StartChildWorkflowExecutionInitiated(Child).input[0]"},
		{"memo of a child", []event{child(&historypb.StartChildWorkflowExecutionInitiatedEventAttributes{Memo: memo})},
			func(ctx workflow.Context, value any) (any, error) {
				workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx,
					workflow.ChildWorkflowOptions{WorkflowID: "child", Memo: map[string]any{"order": value}}), "Child")
				return nil, workflow.Sleep(ctx, time.Hour)
			}, "StartChildWorkflowExecutionInitiated(Child).memo.order"},
		{"signal", []event{{enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes{
				SignalExternalWorkflowExecutionInitiatedEventAttributes: &historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{
					WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: "other"}, SignalName: "go", Control: "5",
					Input: payloads, WorkflowTaskCompletedEventId: 4,
				}},
		}}}, func(ctx workflow.Context, value any) (any, error) {
			workflow.SignalExternalWorkflow(ctx, "other", "", "go", value)
			return nil, workflow.Sleep(ctx, time.Hour)
		}, "SignalExternalWorkflowExecutionInitiated(go).input[0]"},
		{"memo", []event{{enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_WorkflowPropertiesModifiedEventAttributes{
				WorkflowPropertiesModifiedEventAttributes: &historypb.WorkflowPropertiesModifiedEventAttributes{UpsertedMemo: memo, WorkflowTaskCompletedEventId: 4},
			},
		}}}, func(ctx workflow.Context, value any) (any, error) {
			return nil, errOr(workflow.UpsertMemo(ctx, map[string]any{"order": value}), ctx)
		}, "WorkflowPropertiesModified.upsertedMemo.order"},
		{"result", []event{{enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
				WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{Result: payloads, WorkflowTaskCompletedEventId: 4},
			},
		}}}, func(_ workflow.Context, value any) (any, error) { return value, nil },
			"WorkflowExecutionCompleted.result[0]"},
		{"continue as new", []event{{enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes{
				WorkflowExecutionContinuedAsNewEventAttributes: &historypb.WorkflowExecutionContinuedAsNewEventAttributes{
					WorkflowType: &commonpb.WorkflowType{Name: "Order"}, TaskQueue: &taskqueuepb.TaskQueue{Name: "q"},
					Input:               payloads,
					WorkflowTaskTimeout: seconds(10), WorkflowTaskCompletedEventId: 4,
				},
			},
		}}}, func(ctx workflow.Context, value any) (any, error) {
			return nil, workflow.NewContinueAsNewError(ctx, "Order", value)
		}, "WorkflowExecutionContinuedAsNew.input[0]"},
		{"operation", []event{{enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_NexusOperationScheduledEventAttributes{
				NexusOperationScheduledEventAttributes: &historypb.NexusOperationScheduledEventAttributes{
					Endpoint: "e", Service: "s", Operation: "o", Input: payload, WorkflowTaskCompletedEventId: 4,
				},
			},
		}}}, func(ctx workflow.Context, value any) (any, error) {
			workflow.NewNexusClient("e", "s").ExecuteOperation(ctx, "o", value, workflow.NexusOperationOptions{})
			return nil, workflow.Sleep(ctx, time.Hour)
		}, "NexusOperationScheduled(s.o).input"},
		{"update", []event{
			{enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes{
					WorkflowExecutionUpdateAcceptedEventAttributes: &historypb.WorkflowExecutionUpdateAcceptedEventAttributes{
						ProtocolInstanceId: "u1", AcceptedRequestMessageId: "u1/request",
						AcceptedRequestSequencingEventId: 2,
						AcceptedRequest: &updatepb.Request{Meta: &updatepb.Meta{UpdateId: "u1"},
							Input: &updatepb.Input{Name: "u"}},
					},
				},
			}},
			{enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_WorkflowExecutionUpdateCompletedEventAttributes{
					WorkflowExecutionUpdateCompletedEventAttributes: &historypb.WorkflowExecutionUpdateCompletedEventAttributes{
						Meta: &updatepb.Meta{UpdateId: "u1"}, AcceptedEventId: 5,
						Outcome: &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: payloads}},
					},
				},
			}},
		}, func(ctx workflow.Context, value any) (any, error) {
			_ = workflow.SetUpdateHandler(ctx, "u", func(workflow.Context) (any, error) { return value, nil })
			workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
			return nil, nil
		}, "WorkflowExecutionUpdateCompleted.outcome.success[0]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			judge := func(value any) replay.Result {
				r := fault(t, "zero-fields")
				r.History.Events = r.History.Events[:4]
				for _, e := range tt.events {
					add(r, e.eventType, e.event)
				}
				if !r.Closed() && tt.name != "update" {
					withTimer(strconv.Itoa(len(r.History.Events)+1), 3600)(r) // Sleep
				}
				return replay.Judge(t.Context(), running(r, "test", func(ctx workflow.Context, _ string) (any, error) {
					return tt.code(ctx, value)
				}), r, nil)
			}
			got := judge(order{ID: "x"})
			require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
			require.Len(t, got.Notes, 2, "Detached and Tags")
			require.Equal(t, tt.path+".Detached", got.Notes[0].Name)

			got = judge(order{ID: "x", Detached: true})
			require.Equal(t, replay.Drift, got.Verdict, "true is not what an absent member is")
			require.Equal(t, tt.path+".Detached", got.Differences[0].Path)
		})
	}
}

type event struct {
	eventType enumspb.EventType
	event     *historypb.HistoryEvent
}

// errOr returns the error, or sleeps.
func errOr(err error, ctx workflow.Context) error {
	if err != nil {
		return err
	}
	return workflow.Sleep(ctx, time.Hour)
}
