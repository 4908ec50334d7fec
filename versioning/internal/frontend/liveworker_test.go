package frontend_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	namespacepb "go.temporal.io/api/namespace/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// A service is one that a live Worker of this process polls: it has one execution.
type service struct {
	recording *history.Recording
	// tasks are handed out, those of the sticky queue apart.
	tasks, sticky chan *workflowservice.PollWorkflowTaskQueueResponse
	answers       chan *workflowservice.RespondWorkflowTaskCompletedRequest
	// fetched counts the calls for the whole history.
	fetched atomic.Int64
	// cached is what the live Worker says of the number of executions in the cache.
	cached atomic.Int64
}

func newService(r *history.Recording) *service {
	return &service{recording: r, tasks: make(chan *workflowservice.PollWorkflowTaskQueueResponse),
		sticky:  make(chan *workflowservice.PollWorkflowTaskQueueResponse),
		answers: make(chan *workflowservice.RespondWorkflowTaskCompletedRequest, 1)}
}

func (s *service) intercept(ctx context.Context, _ string, req, reply any, _ *grpc.ClientConn, _ grpc.UnaryInvoker,
	_ ...grpc.CallOption) error {
	switch r := req.(type) {
	case *workflowservice.GetSystemInfoRequest:
		reply.(*workflowservice.GetSystemInfoResponse).Capabilities = &workflowservice.GetSystemInfoResponse_Capabilities{
			SdkMetadata: true, InternalErrorDifferentiation: true}
	case *workflowservice.DescribeNamespaceRequest:
		reply.(*workflowservice.DescribeNamespaceResponse).NamespaceInfo = &namespacepb.NamespaceInfo{Name: "default"}
	case *workflowservice.PollWorkflowTaskQueueRequest:
		tasks := s.tasks
		if r.GetTaskQueue().GetKind() == enumspb.TASK_QUEUE_KIND_STICKY {
			tasks = s.sticky
		}
		select {
		case task := <-tasks:
			proto.Merge(reply.(proto.Message), task)
		case <-ctx.Done():
			return status.FromContextError(ctx.Err()).Err()
		}
	case *workflowservice.RespondWorkflowTaskCompletedRequest:
		s.answers <- r
	case *workflowservice.GetWorkflowExecutionHistoryRequest:
		s.fetched.Add(1)
		reply.(*workflowservice.GetWorkflowExecutionHistoryResponse).History = &historypb.History{
			Events: proto.CloneOf(s.recording.History).GetEvents()[:9]}
	case *workflowservice.ShutdownWorkerRequest, *workflowservice.RecordWorkerHeartbeatRequest:
	default:
		return status.Error(codes.Unimplemented, "not needed")
	}
	return nil
}

// startLive starts a Worker as a user does, in this process.
func (s *service) startLive(t *testing.T, stage versioning.Stage) worker.Worker {
	t.Helper()
	c, err := client.NewLazyClient(client.Options{
		HostPort: "passthrough:///test", MetricsHandler: s, WorkerHeartbeatInterval: -1,
		ConnectionOptions: client.ConnectionOptions{
			DialOptions: []grpc.DialOption{grpc.WithChainUnaryInterceptor(s.intercept)}},
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	w := worker.New(c, "live", worker.Options{LocalActivityWorkerOnly: true})
	stage.Register(w)
	require.NoError(t, w.Start())
	return w
}

// first hands out the first task of the execution.
func (s *service) first(t *testing.T) { s.hand(t, s.tasks, 0, 3, 0) }

// next hands out the task after it, to the Worker that has the execution if it is cached.
func (s *service) next(t *testing.T, cached bool) {
	if cached {
		s.hand(t, s.sticky, 3, 9, 3)
		return
	}
	s.hand(t, s.tasks, 0, 9, 3)
}

func (s *service) hand(t *testing.T, to chan *workflowservice.PollWorkflowTaskQueueResponse, from, started int,
	previous int64) {
	t.Helper()
	task := &workflowservice.PollWorkflowTaskQueueResponse{
		TaskToken:         []byte("live"),
		WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: s.recording.WorkflowID, RunId: s.recording.RunID},
		WorkflowType:      &commonpb.WorkflowType{Name: s.recording.WorkflowType()}, Attempt: 1,
		PreviousStartedEventId: previous, StartedEventId: int64(started),
		History: &historypb.History{Events: proto.CloneOf(s.recording.History).GetEvents()[from:started]},
	}
	select {
	case to <- task:
	case <-time.After(20 * time.Second):
		require.Fail(t, "the live Worker does not poll")
	}
	select {
	case <-s.answers:
	case <-time.After(20 * time.Second):
		require.Fail(t, "the live Worker does not answer")
	}
}

// The metrics of the live Worker: the number of cached executions.
func (s *service) WithTags(map[string]string) client.MetricsHandler { return s }
func (s *service) Counter(string) client.MetricsCounter             { return client.MetricsNopHandler.Counter("") }
func (s *service) Timer(string) client.MetricsTimer                 { return client.MetricsNopHandler.Timer("") }
func (s *service) Gauge(name string) client.MetricsGauge {
	if name == "temporal_sticky_cache_size" {
		return cacheSize{&s.cached}
	}
	return client.MetricsNopHandler.Gauge("")
}

type cacheSize struct{ n *atomic.Int64 }

func (c cacheSize) Update(n float64) { c.n.Store(int64(n)) }
