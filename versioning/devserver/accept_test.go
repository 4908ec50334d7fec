package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
)

// taken is an answer that both a real service and package accept get.
type taken struct {
	name, why string
	// start changes the request that starts the run.
	start func(*workflowservice.StartWorkflowExecutionRequest)
	// before plays the run up to another Workflow Task. Without it the answer is to the first one.
	before func(*answered)
	// meanwhile lets something arrive after the Worker has got the task, and returns it.
	meanwhile func(*answered) []*historypb.HistoryEvent
	// commands are those of the answer, and answer changes the rest of it.
	commands []*commandpb.Command
	answer   func(*answered, *workflowservice.RespondWorkflowTaskCompletedRequest)
	// notBegun is whether no Worker has begun the activities of earlier tasks.
	notBegun bool
	// cause is that of the failed task, and fails is whether the request itself fails.
	cause enumspb.WorkflowTaskFailedCause
	fails bool
	// status is that of the run afterwards, Running if it is not said.
	status enumspb.WorkflowExecutionStatus
	// follows is whether the service goes on at once with what it was asked for, so that nothing can be
	// said about the next task.
	follows bool
}

// TestAccept gives the answers to both and compares what becomes of them.
func TestAccept(t *testing.T) {
	t.Parallel()
	server := start(t, Options{Address: "127.0.0.1:0"})
	c := dial(t, server)
	admin := dialAdmin(t, server)
	unservedEndpoint(t, c)
	tables := map[string][]taken{
		"activity": activityAnswers, "timer": timerAnswers, "child": childAnswers, "external": externalAnswers,
		"properties": propertyAnswers, "closing": closingAnswers, "operation": operationAnswers,
		"update": updateAnswers, "request": requestAnswers, "limit": limitAnswers,
	}
	for name, table := range tables {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, tt := range table {
				t.Run(tt.name, func(t *testing.T) {
					t.Parallel()
					tt.run(&answered{T: t, service: c.WorkflowService(), admin: admin, namespace: server.Namespace()})
				})
			}
		})
	}
}

func (tt taken) run(a *answered) {
	a.begin(tt.start)
	if tt.before != nil {
		tt.before(a)
	}
	c := accept.Circumstances{
		At: time.Now(), Namespace: a.namespace, Delivered: a.task.GetMessages(), Speculative: a.speculative,
	}
	if tt.notBegun {
		c.ActivityStarted = func(int64) bool { return false }
	}
	if tt.meanwhile != nil {
		c.Arrived = tt.meanwhile(a)
	}
	answer := a.request(tt.commands...)
	if tt.answer != nil {
		tt.answer(a, answer)
	}
	history := a.history()
	require.Equal(a, a.started(), history[len(history)-1].GetEventId(), "it ends with the task")
	kept := proto.CloneOf(&historypb.History{Events: history})
	sent := proto.CloneOf(answer)
	outcome := accept.Take(history, answer, c)
	require.True(a, proto.Equal(sent, answer), "the answer is not written into")
	require.True(a, proto.Equal(kept, &historypb.History{Events: history}), "the history is not written into")

	_, err := a.service.RespondWorkflowTaskCompleted(a.Context(), answer)
	a.compare(tt, outcome, history, err)
}

// compare holds the outcome against what the service says and has written.
func (a *answered) compare(tt taken, outcome accept.Outcome, history []*historypb.HistoryEvent, err error) {
	a.Helper()
	want := tt.status
	if want == enumspb.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED {
		want = enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING
	}
	if outcome.Refused == nil {
		require.NoError(a, err, tt.why)
		require.False(a, tt.fails, "the service should refuse: %s", tt.why)
		require.Zero(a, tt.cause, "the service should refuse: %s", tt.why)
	} else {
		require.Error(a, err, "the service takes it: %s", tt.why)
		require.Equal(a, tt.cause, outcome.Refused.Cause, "%s (%v)", tt.why, err)
		require.Equal(a, tt.fails, tt.cause == 0, tt.why)
		var internal *serviceerror.Internal
		if !serviceCrashed(err, &internal) {
			require.Equal(a, err.Error(), outcome.Refused.Message, tt.why)
		}
	}
	require.Equal(a, want, outcome.Status, tt.why)
	require.Equal(a, want, a.status(), "the service: %s", tt.why)

	stored, first := a.stored(), len(history)
	if tt.fails {
		require.Empty(a, outcome.Events, tt.why)
		require.LessOrEqual(a, len(stored), first, "nothing is written: %s", tt.why)
		return
	}
	if outcome.Discarded {
		first -= 2
	}
	written := stored[first:]
	require.GreaterOrEqual(a, len(written), len(outcome.Events), tt.why)
	service, ours := made(written[:len(outcome.Events)]), made(outcome.Events)
	// To compare large payloads for a diff takes long.
	if !proto.Equal(&historypb.History{Events: service}, &historypb.History{Events: ours}) {
		require.Empty(a, cmp.Diff(service, ours, protocmp.Transform()), "the service (-), this package (+): %s", tt.why)
	}
	for _, e := range written[len(outcome.Events):] {
		require.False(a, ofAnswer(e, first), "the service has written %v of the answer too: %s", e, tt.why)
	}
	if !tt.follows && want == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
		require.Equal(a, a.pending(), outcome.NextTask, "whether another task is scheduled: %s", tt.why)
	}
}

// made are events without what is the service's alone: times, IDs that it draws, and IDs of things
// that a history may not have.
func made(events []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	var all []*historypb.HistoryEvent
	for _, e := range events {
		e = proto.CloneOf(e)
		e.EventTime, e.TaskId, e.Version = nil, 0, 0
		switch a := e.GetAttributes().(type) {
		case *historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes:
			a.StartChildWorkflowExecutionInitiatedEventAttributes.NamespaceId = ""
		case *historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes:
			a.SignalExternalWorkflowExecutionInitiatedEventAttributes.NamespaceId = ""
		case *historypb.HistoryEvent_RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
			a.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.NamespaceId = ""
		case *historypb.HistoryEvent_NexusOperationScheduledEventAttributes:
			a.NexusOperationScheduledEventAttributes.EndpointId = ""
			hide(&a.NexusOperationScheduledEventAttributes.RequestId)
		case *historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes:
			hide(&a.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId)
		case *historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes:
			hide(&a.WorkflowExecutionFailedEventAttributes.NewExecutionRunId)
		case *historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes:
			hide(&a.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId)
		}
		all = append(all, e)
	}
	return all
}

// hide keeps whether there is an ID.
func hide(id *string) {
	if *id != "" {
		*id = "drawn"
	}
}
