package accept

import (
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	"go.temporal.io/api/workflowservice/v1"
)

// MadeUpRunID is the run ID of a run that begins where the execution continues as new or is tried
// again. The service draws one.
const MadeUpRunID = "00000000-0000-4000-8000-000000000001"

// Circumstances are what the service knows beside the history when the answer comes. The zero value
// is a task during which nothing has arrived.
type Circumstances struct {
	// At is the time of the events that are written. It decides whether an execution that fails is
	// tried again before it expires.
	At time.Time
	// Namespace is that of the execution. A child that names no namespace gets it.
	Namespace string
	// Delivered are the messages that the Worker got with the task: requests of updates. An update that
	// the Worker accepts without having got it here counts as delivered if the Worker says what it has
	// accepted, as SDKs do.
	Delivered []*protocolpb.Message
	// Arrived are events that came while the Worker had the task, in the order in which they came. They
	// get IDs after the events of the commands. A close is refused if there are any.
	Arrived []*historypb.HistoryEvent
	// Speculative is whether the task was made for updates alone, so that its events are in no history
	// yet. The service throws such a task away if all updates are rejected.
	Speculative bool
	// ActivityStarted says of an activity that is not finished whether a Worker has begun it. The
	// service cancels an activity that no Worker has begun at once. Nil takes all of earlier Workflow
	// Tasks for begun.
	ActivityStarted func(scheduledEventID int64) bool
}

// An Outcome is what the service makes of an answer.
type Outcome struct {
	// Events are those that the service writes, with IDs that follow the history:
	// WorkflowTaskCompleted, those of the commands and those that had arrived; or WorkflowTaskFailed
	// where the answer is refused. There is none if the request itself fails, if a task is refused that
	// was refused before, or if the task is thrown away. Nothing in them is shared with what was given.
	Events []*historypb.HistoryEvent
	// Refused is why the service refuses the answer, nil if it does not.
	Refused *Refusal
	// Status is that of the run afterwards.
	Status enumspb.WorkflowExecutionStatus
	// NewRunID is MadeUpRunID if another run follows this one, else empty.
	NewRunID string
	// NextTask is whether the service schedules another Workflow Task at once. The events of that task
	// are not in Events.
	NextTask bool
	// Discarded is whether the WorkflowTaskScheduled and the WorkflowTaskStarted with which the history
	// ends are in no history then. The task is thrown away, or has failed before: only the first
	// failure of a task is written.
	Discarded bool
	// Unanswered are the updates that were delivered and that the Worker neither accepts nor rejects.
	// The service rejects them, in the order in which they were delivered.
	Unanswered []string
}

// A Refusal is why the service does not take an answer.
type Refusal struct {
	// Cause is the cause of the failed Workflow Task. It is unspecified where the request itself fails:
	// the service writes nothing, and the task times out.
	Cause enumspb.WorkflowTaskFailedCause
	// Message is the text of the failure in the event, or of the error that the Worker gets.
	Message string
	// Command is the index of the command that is refused, and -1 if it is none of them.
	Command int
	// Terminates is whether the service terminates the run. It does not if the task has failed before.
	Terminates bool
}

// Error returns the text of the service.
func (r *Refusal) Error() string { return r.Message }

// Take says what the service makes of an answer to the Workflow Task with which the history ends:
// its last event is the WorkflowTaskStarted of that task. Nothing is written into what is given.
func Take(history []*historypb.HistoryEvent, answer *workflowservice.RespondWorkflowTaskCompletedRequest,
	c Circumstances) Outcome {
	return new(State).Take(history, answer, c)
}

// Take is as the function Take. It looks only at the events that follow those of the history before.
func (s *State) Take(history []*historypb.HistoryEvent, answer *workflowservice.RespondWorkflowTaskCompletedRequest,
	c Circumstances) Outcome {
	s.goOn(history)
	t := newTaking(s, history, answer, c)
	if t.task == nil {
		return t.failedRequest(unanswered("Workflow task not found."))
	}
	if err := t.request(); err != nil {
		return t.failedRequest(err)
	}
	if t.discards() {
		return t.discard()
	}
	t.complete()
	if err := t.commands(); err != nil {
		return t.refused(err)
	}
	return t.done()
}
