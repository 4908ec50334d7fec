// Package pending says what an execution waits for at the end of a history.
package pending

import (
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Pending is what an execution waits for. Its events are those of the history.
type Pending struct {
	Activities map[int64]*Work  // by ActivityTaskScheduled
	Timers     map[string]*Work // by timer ID
	Children   map[int64]*Work  // by StartChildWorkflowExecutionInitiated
	Signals    map[int64]*Work  // to other executions, by SignalExternalWorkflowExecutionInitiated
	Cancels    map[int64]*Work  // of other executions, by RequestCancelExternalWorkflowExecutionInitiated
	Operations map[int64]*Work  // of Nexus, by NexusOperationScheduled
	Updates    map[string]*Work // accepted and not completed, by update ID
	Admitted   map[string]*Work // admitted and not accepted, by update ID

	// completed are the IDs of the updates that are completed, without those of before.
	completed map[string]bool
	// before is what this was cloned from, nil if it was not.
	before *Pending
}

// Work is something that has begun and has not ended.
type Work struct {
	// Event is what has begun it, as the field of Pending says: an initiated event for a child, an
	// accepted event for an update.
	Event *historypb.HistoryEvent
	// Started is whether the history says that it runs: a child or a Nexus operation that has started,
	// an activity whose first attempt is in the history. Most activities run without any event.
	Started bool
	// CancelRequested is whether the execution has asked for its cancellation.
	CancelRequested bool
}

// Empty reports whether nothing will come by itself: no activity, timer, child, operation, signal
// or cancel request is under way. Updates do not count, since the execution itself completes them.
func (p *Pending) Empty() bool {
	return len(p.Activities)+len(p.Timers)+len(p.Children)+len(p.Signals)+len(p.Cancels)+len(p.Operations) == 0
}

// At returns what an execution waits for at the end of the history.
func At(history []*historypb.HistoryEvent) *Pending {
	p := &Pending{
		Activities: map[int64]*Work{}, Timers: map[string]*Work{}, Children: map[int64]*Work{},
		Signals: map[int64]*Work{}, Cancels: map[int64]*Work{}, Operations: map[int64]*Work{},
		Updates: map[string]*Work{}, Admitted: map[string]*Work{}, completed: map[string]bool{},
	}
	for _, e := range history {
		p.Apply(e)
	}
	return p
}

// Clone returns a copy, which is good until something is applied to p. It costs no more than what is
// pending: updates that are completed are not copied, since they only become more.
func (p *Pending) Clone() *Pending {
	return &Pending{
		Activities: cloned(p.Activities), Timers: cloned(p.Timers), Children: cloned(p.Children),
		Signals: cloned(p.Signals), Cancels: cloned(p.Cancels), Operations: cloned(p.Operations),
		Updates: cloned(p.Updates), Admitted: cloned(p.Admitted), completed: map[string]bool{}, before: p,
	}
}

func cloned[K comparable](works map[K]*Work) map[K]*Work {
	clones := make(map[K]*Work, len(works))
	for key, work := range works {
		clone := *work
		clones[key] = &clone
	}
	return clones
}

// IsCompleted reports whether the update with that ID is completed.
func (p *Pending) IsCompleted(update string) bool {
	return p != nil && (p.completed[update] || p.before.IsCompleted(update))
}

// Activity returns the activity with that ID, nil if it is not pending.
func (p *Pending) Activity(id string) *Work {
	for _, work := range p.Activities {
		if work.Event.GetActivityTaskScheduledEventAttributes().GetActivityId() == id {
			return work
		}
	}
	return nil
}

func (w *Work) start() {
	if w != nil {
		w.Started = true
	}
}

func (w *Work) cancel() {
	if w != nil {
		w.CancelRequested = true
	}
}

// Apply takes the next event in: what began, what ended.
func (p *Pending) Apply(e *historypb.HistoryEvent) {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
		p.Activities[e.GetEventId()] = &Work{Event: e}
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED:
		p.Activities[e.GetActivityTaskStartedEventAttributes().GetScheduledEventId()].start()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED:
		p.Activities[e.GetActivityTaskCancelRequestedEventAttributes().GetScheduledEventId()].cancel()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED,
		enumspb.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
		delete(p.Activities, events.Origin(e))

	case enumspb.EVENT_TYPE_TIMER_STARTED:
		p.Timers[e.GetTimerStartedEventAttributes().GetTimerId()] = &Work{Event: e, Started: true}
	case enumspb.EVENT_TYPE_TIMER_FIRED:
		delete(p.Timers, e.GetTimerFiredEventAttributes().GetTimerId())
	case enumspb.EVENT_TYPE_TIMER_CANCELED:
		delete(p.Timers, e.GetTimerCanceledEventAttributes().GetTimerId())

	case enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
		p.Children[e.GetEventId()] = &Work{Event: e}
	case enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED:
		p.Children[e.GetChildWorkflowExecutionStartedEventAttributes().GetInitiatedEventId()].start()
	case enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED:
		delete(p.Children, events.Origin(e))

	case enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		p.Signals[e.GetEventId()] = &Work{Event: e}
	case enumspb.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
		enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED:
		delete(p.Signals, events.Origin(e))

	case enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		p.Cancels[e.GetEventId()] = &Work{Event: e}
		p.cancelChild(e)
	case enumspb.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
		enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED:
		delete(p.Cancels, events.Origin(e))

	case enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED:
		p.Operations[e.GetEventId()] = &Work{Event: e}
	case enumspb.EVENT_TYPE_NEXUS_OPERATION_STARTED:
		p.Operations[e.GetNexusOperationStartedEventAttributes().GetScheduledEventId()].start()
	case enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:
		p.Operations[e.GetNexusOperationCancelRequestedEventAttributes().GetScheduledEventId()].cancel()
	case enumspb.EVENT_TYPE_NEXUS_OPERATION_COMPLETED, enumspb.EVENT_TYPE_NEXUS_OPERATION_FAILED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCELED, enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT:
		delete(p.Operations, events.Origin(e))

	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED:
		a := e.GetWorkflowExecutionUpdateAdmittedEventAttributes()
		p.Admitted[a.GetRequest().GetMeta().GetUpdateId()] = &Work{Event: e}
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
		id := e.GetWorkflowExecutionUpdateAcceptedEventAttributes().GetProtocolInstanceId()
		delete(p.Admitted, id)
		p.Updates[id] = &Work{Event: e, Started: true}
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
		id := e.GetWorkflowExecutionUpdateCompletedEventAttributes().GetMeta().GetUpdateId()
		delete(p.Updates, id)
		p.completed[id] = true
	}
}

// cancelChild notes that a request of the execution is for one of its own children.
func (p *Pending) cancelChild(e *historypb.HistoryEvent) {
	a := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes()
	if !a.GetChildWorkflowOnly() {
		return
	}
	for _, child := range p.Children {
		of := child.Event.GetStartChildWorkflowExecutionInitiatedEventAttributes()
		if of.GetWorkflowId() == a.GetWorkflowExecution().GetWorkflowId() {
			child.cancel()
		}
	}
}
