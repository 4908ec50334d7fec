package rehearse

import (
	"context"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
	"github.com/replaymatrix/replaymatrix/versioning/internal/inert"
)

// A turn is a Workflow Task that is to be rehearsed.
type turn struct {
	// events are the whole history up to the WorkflowTaskStarted of the task. They are not the
	// Worker's.
	events []*historypb.HistoryEvent
	// copied are the Worker's, nil if copies are to be made.
	copied []*historypb.HistoryEvent
	// previous is the ID of the WorkflowTaskStarted of the last completed task.
	previous int64
	messages []*protocolpb.Message
	// values are what the recorded task has of side effects, nil if none is recorded.
	values *inert.Values
	// looks is whether the run of a first turn looks for lines.
	looks bool
}

func (t *turn) started() *historypb.HistoryEvent { return t.events[len(t.events)-1] }

// A reply is what came of a turn.
type reply struct {
	*turn
	answer  *frontend.Answer
	outcome accept.Outcome
	notes   inert.Notes
	run     *inert.Run
}

// play hands the turn to a Worker, and those that follow as long as next returns one. It returns
// what the code asked for that nobody knows, if it did.
func (x *rehearsal) play(ctx context.Context, first *turn, defaults bool,
	next func(*reply) *turn) (*inert.Unknown, error) {
	leave, err := x.alone(ctx, x.execution)
	if err != nil {
		return nil, err
	}
	defer leave()
	var began *workflow.Info
	run := &inert.Run{Looks: first.looks}
	run.Recorded(first.values)
	defer x.guard.Leave(run)
	current, state := first, new(accept.State)
	task := x.task(current, 0)
	task.Begins = func(info *workflow.Info) {
		began = info
		x.guard.Take(info, run)
		x.prefer(info, defaults)
	}
	defer func() { x.prefer(began, false) }()
	task.Next = func(a *frontend.Answer) *frontend.Task {
		if run.Unknown() != nil {
			return nil
		}
		following := next(x.replied(state, current, a, run))
		if following == nil {
			return nil
		}
		shown := int(current.started().GetEventId())
		current = following
		run.Recorded(following.values)
		t := x.task(following, shown)
		t.Next = task.Next
		return t
	}
	a, err := x.worker.Do(ctx, task)
	switch unknown := run.Unknown(); {
	case unknown != nil:
		return unknown, nil
	case err != nil:
		return nil, err
	case a.Failed != nil:
		next(x.replied(state, current, a, run))
	}
	return nil, nil
}

// prefer makes GetVersion give DefaultVersion to the execution.
func (c *crew) prefer(info *workflow.Info, defaults bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if delete(c.defaults, info); defaults {
		c.defaults[info] = true
	}
}

func (x *rehearsal) replied(state *accept.State, t *turn, a *frontend.Answer, run *inert.Run) *reply {
	r := &reply{turn: t, answer: a, notes: run.Notes(), run: run}
	if a.Completed != nil {
		r.outcome = state.Take(t.events, a.Completed, accept.Circumstances{
			At: t.started().GetEventTime().AsTime(), Namespace: x.namespace, Delivered: t.messages,
		})
		r.outcome.Events = x.guard.Whole(x.execution.ID, r.outcome.Events)
	}
	return r
}

// task makes a turn what a Worker gets: the events after those that it has.
func (x *rehearsal) task(t *turn, shown int) *frontend.Task {
	copied := t.copied
	if copied == nil {
		for _, e := range t.events[shown:] {
			copied = append(copied, proto.CloneOf(e))
		}
	}
	var messages []*protocolpb.Message
	for _, m := range t.messages {
		messages = append(messages, proto.CloneOf(m))
	}
	return &frontend.Task{
		WorkflowID: x.execution.ID, RunID: x.execution.RunID, WorkflowType: x.recording.WorkflowType(),
		Events: copied, Previous: t.previous, Messages: messages,
	}
}

// isTask reports whether the event is about a Workflow Task.
func isTask(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
		return true
	}
	return false
}
