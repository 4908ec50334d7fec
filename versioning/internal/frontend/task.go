package frontend

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	querypb "go.temporal.io/api/query/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/workflow"
)

// A Task is a Workflow Task as a service hands it out.
type Task struct {
	WorkflowID, RunID, WorkflowType string
	// Events are those that the Worker gets. They belong to the Worker: it writes into them. The
	// first task of an execution has the whole history. A task that follows, see Next, has the
	// events after the WorkflowTaskStarted of the one before. The last event is the
	// WorkflowTaskStarted of this task.
	Events []*historypb.HistoryEvent
	// Previous is the ID of the WorkflowTaskStarted event of the last task that was completed, 0 if
	// there is none. Up to there the Worker replays.
	Previous int64
	// Messages are those of the updates that come with the task.
	Messages []*protocolpb.Message
	// Queries are asked when the task is done.
	Queries map[string]*querypb.WorkflowQuery
	// Begins, if not nil, is called when the SDK begins with the execution, before any code of the
	// workflow runs.
	Begins func(*workflow.Info)
	// Next, if not nil, takes the answer and returns the task that the service would hand out with
	// its own. The Worker has the state of the execution then, and does not replay. Nil ends it.
	Next func(*Answer) *Task
}

func (t *Task) startedID() int64 { return t.Events[len(t.Events)-1].GetEventId() }

// An Answer is what a Worker answers to a Workflow Task: one of the two.
type Answer struct {
	Completed *workflowservice.RespondWorkflowTaskCompletedRequest
	// Failed is why the Worker fails the task, nil if it does not.
	Failed *Failed
}

// Failed is why a Worker fails a Workflow Task.
type Failed struct {
	Cause   enumspb.WorkflowTaskFailedCause
	Failure *failurepb.Failure
}

// patience is how long a Worker may take for its answer. Its deadlock detector gives up after a
// second, and it lets a task go on after four fifths of its timeout (ErrStillRuns).
const patience = 30 * time.Second

// ErrNoAnswer says that a Worker has taken a task and does not answer. A live Worker lets the
// task run into its timeout then.
var ErrNoAnswer = errors.New("the Worker does not answer the Workflow Task")

// ErrStillRuns says that a local activity still runs when the time of the Workflow Task is nearly
// over. A live Worker asks for another one then, and goes on.
var ErrStillRuns = errors.New("a local activity runs longer than the Workflow Task may take")

// errStopped says that the Workers are stopped.
var errStopped = errors.New("the Workers are stopped")

// handed is a task on its way.
type handed struct {
	*Task
	// token is also the run ID by which the SDK knows the execution. The real one is what its
	// cache of executions would have that of a live Worker in this process under.
	token string
	info  *workflow.Info
	// done gets what comes of it.
	done  chan outcome
	pages *pages
	// followed is whether it is a task that came with an answer.
	followed bool
	// evicts is whether it is there to make a Worker forget the execution.
	evicts bool

	mu sync.Mutex
	// ended is whether nobody waits for the answer any more.
	ended bool
}

// outcome is an answer, or why there is none.
type outcome struct {
	answer *Answer
	err    error
}

// Do hands the task to a Worker, and returns the Worker's last answer. It returns ErrNoAnswer, or
// the cause of ctx.
func (w *Worker) Do(ctx context.Context, t *Task) (*Answer, error) {
	if err := t.begins(); err != nil {
		return nil, err
	}
	h := w.hand(t)
	defer w.forget(h)
	select {
	case w.tasks <- h:
	case <-ctx.Done():
		w.gone(h)
		return nil, context.Cause(ctx)
	case <-w.stopping:
		return nil, errStopped
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case o := <-h.done:
		w.gone(h)
		w.evict(ctx, h, o)
		return o.answer, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-w.stopping:
		return nil, errStopped
	case <-timer.C:
		return nil, fmt.Errorf("%w (within %v)", ErrNoAnswer, patience)
	}
}

func (w *Worker) hand(t *Task) *handed {
	h := &handed{Task: t, token: newToken(), done: make(chan outcome, 1), pages: paged(t.Events, w.pageSize)}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out[h.token] = h
	return h
}

// begins reports what a Worker takes no answer from: it gives a task up that does not begin as an
// execution does (createWorkflowContext in the SDK's internal/internal_task_handlers.go).
func (t *Task) begins() error {
	if len(t.Events) == 0 {
		return errors.New("a Workflow Task without events")
	}
	if t.Events[0].GetWorkflowExecutionStartedEventAttributes().GetTaskQueue().GetName() == "" {
		return errors.New("a Workflow Task whose history does not begin with a Task Queue")
	}
	return nil
}

// forget says that nobody waits any more. A Worker can still have the task: it is told to drop the
// execution when it answers.
func (w *Worker) forget(h *handed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
}

// gone says that no Worker has the task any more.
func (w *Worker) gone(h *handed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.out, h.token)
}

func (w *Worker) handedOut(token string) *handed {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out[token]
}

// ends gives the task its outcome; the first one counts.
func (h *handed) ends(o outcome) {
	select {
	case h.done <- o:
	default:
	}
}

// defaultTimeout is that of a Workflow Task if the history has none, as a service fills it in. A
// Worker that runs local activities would have no time for them.
const defaultTimeout = 10 * time.Second

// Began is called by the interceptor that is asked first, when the SDK begins with an execution.
// The SDK knows it by a run ID of its own; workflow code sees the real one.
func (w *Worker) Began(info *workflow.Info) {
	h := w.handedOut(info.WorkflowExecution.RunID)
	if h == nil {
		return // given up meanwhile
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.info = info
	info.WorkflowExecution.RunID = h.RunID
	if info.WorkflowTaskTimeout <= 0 {
		info.WorkflowTaskTimeout = defaultTimeout
	}
	if h.Begins != nil && !h.ended {
		h.Begins(info)
	}
}
