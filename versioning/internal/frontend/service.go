package frontend

import (
	"context"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	namespacepb "go.temporal.io/api/namespace/v1"
	"go.temporal.io/api/workflowservice/v1"
)

// intercept is the last interceptor of the client: it answers itself. What a Worker asks and no
// Workflow Task needs is not there.
func (w *Worker) intercept(ctx context.Context, method string, req, reply any, _ *grpc.ClientConn,
	_ grpc.UnaryInvoker, _ ...grpc.CallOption) error {
	switch r := req.(type) {
	case *workflowservice.GetSystemInfoRequest:
		systemInfo(reply.(*workflowservice.GetSystemInfoResponse))
	case *workflowservice.DescribeNamespaceRequest:
		w.describe(reply.(*workflowservice.DescribeNamespaceResponse))
	case *workflowservice.PollWorkflowTaskQueueRequest:
		return w.poll(ctx, r, reply.(*workflowservice.PollWorkflowTaskQueueResponse))
	case *workflowservice.GetWorkflowExecutionHistoryRequest:
		return w.serve(r, reply.(*workflowservice.GetWorkflowExecutionHistoryResponse))
	case *workflowservice.RespondWorkflowTaskCompletedRequest:
		return w.complete(r, reply.(*workflowservice.RespondWorkflowTaskCompletedResponse))
	case *workflowservice.RespondWorkflowTaskFailedRequest:
		return w.fail(r)
	case *workflowservice.ShutdownWorkerRequest, *workflowservice.RecordWorkerHeartbeatRequest:
	default:
		return status.Errorf(codes.Unimplemented, "%s: no Workflow Task needs it", method)
	}
	return nil
}

// systemInfo has the capabilities that the SDK's replayer has (internal/internal_worker.go), and
// the one by which Workers leave out what is deprecated.
func systemInfo(reply *workflowservice.GetSystemInfoResponse) {
	reply.ServerVersion = "in this process"
	reply.Capabilities = &workflowservice.GetSystemInfoResponse_Capabilities{
		SignalAndQueryHeader: true, InternalErrorDifferentiation: true, ActivityFailureIncludeHeartbeat: true,
		SupportsSchedules: true, EncodedFailureAttributes: true, UpsertMemo: true, EagerWorkflowStart: true,
		SdkMetadata: true, BuildIdBasedVersioning: true, Nexus: true,
	}
}

// sizeLimit is what a service takes of one blob or memo, in bytes, if its operator has not set
// another limit (limit.blobSize.error, limit.memoSize.error in server v1.32.1). Workers fail a task
// that has more.
const sizeLimit = 2 << 20

func (w *Worker) describe(reply *workflowservice.DescribeNamespaceResponse) {
	reply.NamespaceInfo = &namespacepb.NamespaceInfo{
		Name:         w.options.Namespace,
		State:        enumspb.NAMESPACE_STATE_REGISTERED,
		Capabilities: &namespacepb.NamespaceInfo_Capabilities{},
		Limits:       &namespacepb.NamespaceInfo_Limits{BlobSizeLimitError: sizeLimit, MemoSizeLimitError: sizeLimit},
	}
}

func (w *Worker) poll(ctx context.Context, req *workflowservice.PollWorkflowTaskQueueRequest,
	reply *workflowservice.PollWorkflowTaskQueueResponse) error {
	tasks := w.tasks
	if req.GetTaskQueue().GetKind() == enumspb.TASK_QUEUE_KIND_STICKY {
		tasks = nil // no execution stays with a Worker
	}
	select {
	case h := <-tasks:
		h.into(reply)
		return nil
	case <-ctx.Done():
		return status.FromContextError(ctx.Err()).Err()
	case <-w.stopping:
		return nil
	}
}

// into makes the task what a Worker gets.
func (h *handed) into(reply *workflowservice.PollWorkflowTaskQueueResponse) {
	if h.evicts {
		h.intoEviction(reply)
		return
	}
	reply.TaskToken = []byte(h.token)
	reply.WorkflowExecution = &commonpb.WorkflowExecution{WorkflowId: h.WorkflowID, RunId: h.token}
	reply.WorkflowType = &commonpb.WorkflowType{Name: h.WorkflowType}
	reply.PreviousStartedEventId = h.Previous
	reply.StartedEventId = h.startedID()
	reply.Attempt = 1 // a Worker reports failures of the first attempt only
	reply.History, reply.NextPageToken = h.pages.page(0)
	reply.Messages = h.Messages
	reply.Queries = h.Queries
}

func (w *Worker) serve(req *workflowservice.GetWorkflowExecutionHistoryRequest,
	reply *workflowservice.GetWorkflowExecutionHistoryResponse) error {
	h := w.handedOut(req.GetExecution().GetRunId())
	if h == nil || h.evicts {
		return status.Error(codes.NotFound, "the Workflow Task was given up")
	}
	n := 0
	if token := req.GetNextPageToken(); len(token) > 0 {
		n, _ = strconv.Atoi(string(token))
	}
	reply.History, reply.NextPageToken = h.pages.page(n)
	return nil
}
