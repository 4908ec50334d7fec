package pair

import (
	"maps"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// A state is what an execution waits for, as its events say.
type state struct {
	// completed is the number of Workflow Tasks that have completed.
	completed int
	// scheduled is whether a Workflow Task is scheduled or started.
	scheduled bool
	closed    bool
	// activities, timers, children and messages are pending: by the ID of the event that began
	// them. Of activities the value is the activity ID; of timers how long they run.
	activities map[int64]string
	timers     map[int64]time.Duration
	children   map[int64]child
	// messages are signals and cancellations for other executions that the service delivers.
	messages map[int64]bool
	// cancelRequested is whether somebody has asked to cancel the execution.
	cancelRequested bool
}

type child struct {
	workflowID, runID string
}

func stateOf(events []*historypb.HistoryEvent) state {
	s := state{activities: map[int64]string{}, timers: map[int64]time.Duration{}, children: map[int64]child{},
		messages: map[int64]bool{}}
	for _, e := range events {
		s.add(e)
	}
	return s
}

func (s *state) add(e *historypb.HistoryEvent) {
	id := e.GetEventId()
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
		s.scheduled = true
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
		s.scheduled = false
		s.completed++
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
		s.activities[id] = e.GetActivityTaskScheduledEventAttributes().GetActivityId()
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
		delete(s.activities, e.GetActivityTaskCompletedEventAttributes().GetScheduledEventId())
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED:
		delete(s.activities, e.GetActivityTaskFailedEventAttributes().GetScheduledEventId())
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
		delete(s.activities, e.GetActivityTaskCanceledEventAttributes().GetScheduledEventId())
	case enumspb.EVENT_TYPE_TIMER_STARTED:
		s.timers[id] = e.GetTimerStartedEventAttributes().GetStartToFireTimeout().AsDuration()
	case enumspb.EVENT_TYPE_TIMER_FIRED:
		delete(s.timers, e.GetTimerFiredEventAttributes().GetStartedEventId())
	case enumspb.EVENT_TYPE_TIMER_CANCELED:
		delete(s.timers, e.GetTimerCanceledEventAttributes().GetStartedEventId())
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
		s.cancelRequested = true
	default:
		s.addOther(e)
	}
}

// addOther adds what is about other executions, and what closes this one.
func (s *state) addOther(e *historypb.HistoryEvent) {
	id := e.GetEventId()
	ended := func(initiated int64) { delete(s.children, initiated) }
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
		s.children[id] = child{workflowID: e.GetStartChildWorkflowExecutionInitiatedEventAttributes().GetWorkflowId()}
	case enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED:
		a := e.GetChildWorkflowExecutionStartedEventAttributes()
		s.children[a.GetInitiatedEventId()] = child{a.GetWorkflowExecution().GetWorkflowId(), a.GetWorkflowExecution().GetRunId()}
	case enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED:
		ended(e.GetStartChildWorkflowExecutionFailedEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED:
		ended(e.GetChildWorkflowExecutionCompletedEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED:
		ended(e.GetChildWorkflowExecutionFailedEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED:
		ended(e.GetChildWorkflowExecutionCanceledEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
		s.messages[id] = true
	case enumspb.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED:
		delete(s.messages, e.GetExternalWorkflowExecutionSignaledEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED:
		delete(s.messages, e.GetSignalExternalWorkflowExecutionFailedEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
		delete(s.messages, e.GetExternalWorkflowExecutionCancelRequestedEventAttributes().GetInitiatedEventId())
	case enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED:
		delete(s.messages, e.GetRequestCancelExternalWorkflowExecutionFailedEventAttributes().GetInitiatedEventId())
	default:
		s.closed = s.closed || endings[e.GetEventType()] != ""
	}
}

// restless reports whether the service does something by itself, soon.
func (s *state) restless() bool {
	for _, c := range s.children {
		if c.runID == "" {
			return true
		}
	}
	for _, d := range s.timers {
		if d < fires {
			return true
		}
	}
	return len(s.messages) > 0
}

// fires is a time that a test waits for a timer.
const fires = time.Minute

// sorted returns the keys in the order of the events, so that a random choice among them can be
// repeated.
func sorted[V any](m map[int64]V) []int64 { return slices.Sorted(maps.Keys(m)) }

// idle reports whether nothing comes by itself.
func (s *state) idle() bool {
	return len(s.activities)+len(s.timers)+len(s.children)+len(s.messages) == 0
}
