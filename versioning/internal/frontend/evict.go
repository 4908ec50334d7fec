package frontend

import (
	"context"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
)

// evict makes the Workers forget an execution that they may still have in the cache: one that fails
// a task before its code runs, because of a payload that is stored elsewhere, stays there if the
// task came with an answer (processWorkflowTask in the SDK's internal/internal_task_pollers.go).
func (w *Worker) evict(ctx context.Context, h *handed, o outcome) {
	if !h.followed || o.answer == nil || o.answer.Failed == nil || len(w.options.Client.ExternalStorage.Drivers) == 0 {
		return
	}
	select {
	case w.tasks <- &handed{Task: h.Task, token: h.token, evicts: true}:
	case <-ctx.Done():
	case <-w.stopping:
	}
}

// intoEviction makes a task of a history whose beginning the Worker does not have, and does not get:
// it removes what it has of the execution, and gives up (GetOrCreateWorkflowContext in the SDK's
// internal/internal_task_handlers.go).
func (h *handed) intoEviction(reply *workflowservice.PollWorkflowTaskQueueResponse) {
	reply.TaskToken = []byte(h.token)
	reply.WorkflowExecution = &commonpb.WorkflowExecution{WorkflowId: h.WorkflowID, RunId: h.token}
	reply.WorkflowType = &commonpb.WorkflowType{Name: h.WorkflowType}
	reply.History = &historypb.History{}
	reply.Attempt = 1
}
