package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	nexuspb "go.temporal.io/api/nexus/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/server/api/adminservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

const (
	byHand        = "by hand" // the identity of a Worker that is none
	acceptService = "accept-endpoint"
)

// answered is a run whose Workflow Tasks a test answers itself.
type answered struct {
	*testing.T
	service         workflowservice.WorkflowServiceClient
	admin           adminservice.AdminServiceClient
	namespace       string
	id, runID       string
	task            *workflowservice.PollWorkflowTaskQueueResponse
	events          []*historypb.HistoryEvent
	speculative     bool
	activitiesTaken []*workflowservice.PollActivityTaskQueueResponse
}

func dialAdmin(t *testing.T, server *Server) adminservice.AdminServiceClient {
	t.Helper()
	conn, err := grpc.NewClient(server.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return adminservice.NewAdminServiceClient(conn)
}

// unservedEndpoint makes an endpoint that nobody serves, so that operations stay pending.
func unservedEndpoint(t *testing.T, c client.Client) {
	t.Helper()
	_, err := c.OperatorService().CreateNexusEndpoint(t.Context(), &operatorservice.CreateNexusEndpointRequest{
		Spec: &nexuspb.EndpointSpec{Name: acceptService, Target: &nexuspb.EndpointTarget{
			Variant: &nexuspb.EndpointTarget_Worker_{Worker: &nexuspb.EndpointTarget_Worker{
				Namespace: DefaultNamespace, TaskQueue: "nobody",
			}},
		}},
	})
	require.NoError(t, err)
}

// queue is that of the run alone, so that no other test polls it.
func (a *answered) queue() *taskqueuepb.TaskQueue { return &taskqueuepb.TaskQueue{Name: a.id} }

// begin starts the run and takes its first Workflow Task.
func (a *answered) begin(change func(*workflowservice.StartWorkflowExecutionRequest)) {
	a.Helper()
	a.id = strings.ReplaceAll(a.Name(), "/", "-")
	request := &workflowservice.StartWorkflowExecutionRequest{
		Namespace: a.namespace, WorkflowId: a.id, RequestId: a.id, Identity: byHand,
		WorkflowType: &commonpb.WorkflowType{Name: "byHand"}, TaskQueue: a.queue(),
		WorkflowTaskTimeout: seconds(120), // a busy machine must not lose a task
	}
	if change != nil {
		change(request)
	}
	response, err := a.service.StartWorkflowExecution(a.Context(), request)
	require.NoError(a, err)
	a.runID = response.GetRunId()
	a.poll()
}

// poll takes the next Workflow Task.
func (a *answered) poll() {
	a.Helper()
	a.task = a.taskOf(a.queue())
	a.events = a.task.GetHistory().GetEvents()
}

func (a *answered) taskOf(queue *taskqueuepb.TaskQueue) *workflowservice.PollWorkflowTaskQueueResponse {
	a.Helper()
	ctx, cancel := context.WithTimeout(a.Context(), patience)
	defer cancel()
	for {
		task, err := a.service.PollWorkflowTaskQueue(ctx, &workflowservice.PollWorkflowTaskQueueRequest{
			Namespace: a.namespace, TaskQueue: queue, Identity: byHand,
		})
		require.NoError(a, err)
		if len(task.GetTaskToken()) > 0 {
			return task
		}
	}
}

// history is what the Worker has got with the task.
func (a *answered) history() []*historypb.HistoryEvent { return a.events }

func (a *answered) started() int64 { return a.task.GetStartedEventId() }

func (a *answered) request(commands ...*commandpb.Command) *workflowservice.RespondWorkflowTaskCompletedRequest {
	return &workflowservice.RespondWorkflowTaskCompletedRequest{
		Namespace: a.namespace, TaskToken: a.task.GetTaskToken(), Identity: byHand, Commands: commands,
		Capabilities: &workflowservice.RespondWorkflowTaskCompletedRequest_Capabilities{
			DiscardSpeculativeWorkflowTaskWithEvents: true,
		},
	}
}

// goOn answers the task with the commands, and gets the next task in return. Nothing can come between
// the two: what the commands begin ends while the Worker has the task.
func (a *answered) goOn(commands ...*commandpb.Command) {
	a.Helper()
	request := a.request(commands...)
	request.ForceCreateNewWorkflowTask, request.ReturnNewWorkflowTask = true, true
	response, err := a.service.RespondWorkflowTaskCompleted(a.Context(), request)
	require.NoError(a, err)
	require.NotNil(a, response.GetWorkflowTask())
	a.task, a.events = response.GetWorkflowTask(), a.stored()
}

// after plays one task with the commands before the answer.
func after(commands ...*commandpb.Command) func(*answered) {
	return func(a *answered) { a.goOn(commands...) }
}

// wait answers the task with the commands and takes the next one, whatever it comes for.
func (a *answered) wait(commands ...*commandpb.Command) {
	a.Helper()
	_, err := a.service.RespondWorkflowTaskCompleted(a.Context(), a.request(commands...))
	require.NoError(a, err)
	a.poll()
}

// beginActivity takes an activity as a Worker does.
func (a *answered) beginActivity() {
	a.Helper()
	ctx, cancel := context.WithTimeout(a.Context(), patience)
	defer cancel()
	for {
		task, err := a.service.PollActivityTaskQueue(ctx, &workflowservice.PollActivityTaskQueueRequest{
			Namespace: a.namespace, TaskQueue: a.queue(), Identity: byHand,
		})
		require.NoError(a, err)
		if len(task.GetTaskToken()) > 0 {
			a.activitiesTaken = append(a.activitiesTaken, task)
			return
		}
	}
}

// endActivity completes the last activity that was taken.
func (a *answered) endActivity() {
	a.Helper()
	_, err := a.service.RespondActivityTaskCompleted(a.Context(), &workflowservice.RespondActivityTaskCompletedRequest{
		Namespace: a.namespace, Identity: byHand,
		TaskToken: a.activitiesTaken[len(a.activitiesTaken)-1].GetTaskToken(),
	})
	require.NoError(a, err)
}

func (a *answered) execution() *commonpb.WorkflowExecution {
	return &commonpb.WorkflowExecution{WorkflowId: a.id, RunId: a.runID}
}

func (a *answered) signal(name string) {
	a.Helper()
	_, err := a.service.SignalWorkflowExecution(a.Context(), &workflowservice.SignalWorkflowExecutionRequest{
		Namespace: a.namespace, WorkflowExecution: a.execution(), SignalName: name, Identity: byHand, RequestId: name,
	})
	require.NoError(a, err)
}

func (a *answered) describe() *workflowservice.DescribeWorkflowExecutionResponse {
	a.Helper()
	response, err := a.service.DescribeWorkflowExecution(a.Context(), &workflowservice.DescribeWorkflowExecutionRequest{
		Namespace: a.namespace, Execution: a.execution(),
	})
	require.NoError(a, err)
	return response
}

func (a *answered) status() enumspb.WorkflowExecutionStatus {
	return a.describe().GetWorkflowExecutionInfo().GetStatus()
}

// pending is whether the service has another Workflow Task.
func (a *answered) pending() bool { return a.describe().GetPendingWorkflowTask() != nil }

// stored is the history that the service has of the run.
func (a *answered) stored() (all []*historypb.HistoryEvent) {
	a.Helper()
	request := &workflowservice.GetWorkflowExecutionHistoryRequest{Namespace: a.namespace, Execution: a.execution()}
	for {
		response, err := a.service.GetWorkflowExecutionHistory(a.Context(), request)
		require.NoError(a, err)
		all = append(all, response.GetHistory().GetEvents()...)
		if request.NextPageToken = response.GetNextPageToken(); len(request.NextPageToken) == 0 {
			return all
		}
	}
}

// arrived waits until such an event has come while the Worker has the task, and returns all that have
// come as the service holds them.
func (a *answered) arrived(kind enumspb.EventType) (all []*historypb.HistoryEvent) {
	a.Helper()
	require.Eventually(a, func() bool {
		state, err := a.admin.DescribeMutableState(a.Context(), &adminservice.DescribeMutableStateRequest{
			Namespace: a.namespace, Execution: a.execution(),
		})
		all = state.GetDatabaseMutableState().GetBufferedEvents()
		is := func(e *historypb.HistoryEvent) bool { return e.GetEventType() == kind }
		return err == nil && slices.ContainsFunc(all, is)
	}, patience, 20*time.Millisecond)
	for _, e := range all {
		e.EventId = 0
	}
	return all
}

// ofAnswer is whether the event is one that only the answer can have made.
func ofAnswer(e *historypb.HistoryEvent, first int) bool {
	return events.TaskOf(e) == int64(first)+1 && events.FromCommand(e)
}

// serviceCrashed is whether a handler of the service has panicked, which has no text to compare.
func serviceCrashed(err error, internal **serviceerror.Internal) bool {
	return errors.As(err, internal)
}
