package frontend

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"go.temporal.io/api/workflowservice/v1"
)

// errDrop makes a Worker forget the execution: it must not stay in the cache, which is one for
// all Workers of a process (workflowExecutionContextImpl.Unlock in the SDK's
// internal/internal_task_handlers.go).
var errDrop = status.Error(codes.NotFound, "the Workflow Task was rehearsed")

func (w *Worker) complete(req *workflowservice.RespondWorkflowTaskCompletedRequest,
	reply *workflowservice.RespondWorkflowTaskCompletedResponse) error {
	h := w.handedOut(string(req.GetTaskToken()))
	if h == nil {
		return errDrop
	}
	a := &Answer{Completed: req}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended {
		return h.drop()
	}
	var next *Task
	if h.Next != nil {
		next = h.Next(a)
	}
	if next == nil {
		err := h.drop()
		h.answered(a)
		return err
	}
	begins := h.Begins
	h.Task, h.pages = next, paged(next.Events)
	if h.Begins == nil {
		h.Begins = begins
	}
	reply.WorkflowTask = &workflowservice.PollWorkflowTaskQueueResponse{}
	h.into(reply.WorkflowTask)
	return nil
}

func (w *Worker) fail(req *workflowservice.RespondWorkflowTaskFailedRequest) error {
	h := w.handedOut(string(req.GetTaskToken()))
	if h == nil {
		return errDrop
	}
	err := h.drop()
	h.answered(&Answer{Failed: &Failed{Cause: req.GetCause(), Failure: req.GetFailure()}})
	return err
}

// drop gives the execution its own run ID back: by it the Worker finds the execution in the
// cache, and removes it.
func (h *handed) drop() error {
	if h.info != nil {
		h.info.WorkflowExecution.RunID = h.token
	}
	return errDrop
}
