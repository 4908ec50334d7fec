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
	switch {
	case h.ended:
		w.gone(h)
		return h.drop()
	case req.GetForceCreateNewWorkflowTask():
		err := h.drop()
		h.ends(outcome{err: ErrStillRuns})
		return err
	}
	var next *Task
	if h.Next != nil {
		next = h.Next(a)
	}
	if next == nil {
		err := h.drop()
		h.ends(outcome{answer: a})
		return err
	}
	begins := h.Begins
	h.Task, h.pages, h.followed = next, paged(next.Events, w.pageSize), true
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
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended {
		w.gone(h)
	}
	err := h.drop()
	h.ends(outcome{answer: &Answer{Failed: &Failed{Cause: req.GetCause(), Failure: req.GetFailure()}}})
	return err
}

// drop gives the execution the run ID back that the SDK has given it: by it the Worker finds the execution in the
// cache, and removes it.
func (h *handed) drop() error {
	if h.info != nil {
		h.info.WorkflowExecution.RunID = h.token
	}
	return errDrop
}
