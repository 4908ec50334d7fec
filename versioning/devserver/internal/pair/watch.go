package pair

import (
	"context"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// An Outcome says what the new Worker's first Workflow Task has come to.
type Outcome string

// The outcomes.
const (
	// GoesOn is a completed Workflow Task of an execution that stays open.
	GoesOn Outcome = "goes on"
	// Stuck is a Workflow Task that fails.
	Stuck Outcome = "stuck"
	// Closes is a Workflow Task with which the execution closes.
	Closes Outcome = "closes"
)

// Swapped is what happened to an execution whose Worker was swapped.
type Swapped struct {
	// Recording holds the events up to the start of the new Worker's first Workflow Task. Waiting is
	// the ID of the last event at the waiting point, before the news.
	Recording *history.Recording
	Waiting   int64
	// News is what came between.
	News []News
	// Untold is whether no event tells of the Workflow Task: an update was all the news, and the
	// new Worker has rejected it.
	Untold bool

	Outcome Outcome
	// Cause and Message are of a Workflow Task that fails.
	Cause, Message string
	// Ending and Result are of an execution that closes.
	Ending, Result string
	// Ran are the kinds of steps whose functions ran in the Workflow Task that are not workflow code.
	Ran []program.Kind
	// Events are those that the Workflow Task's commands have made, with the one that closes.
	Events []*historypb.HistoryEvent
	// Back is what happened when a Worker of the old program took the execution back after that, nil
	// if none did.
	Back *Swapped
	// last is what brought the last of the news, if not the service.
	last act
	// update is the update among the news, nil if there is none.
	update *updatepb.Request
	// answer are the WorkflowTaskCompleted event and Events.
	answer []*historypb.HistoryEvent
}

var endings = map[enumspb.EventType]string{
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:        "Completed",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:           "Failed",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:         "Canceled",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:       "Terminated",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT:        "TimedOut",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: "ContinuedAsNew",
}

// watch waits until the new Worker has answered its first Workflow Task.
func (x *execution) watch(ctx context.Context) (*Swapped, error) {
	var p patience
	for {
		rejected := x.updates > 0 && isClosed(x.answered[len(x.answered)-1])
		all, err := x.history(ctx)
		if err != nil {
			return nil, err
		}
		s := &Swapped{Waiting: int64(x.waiting), News: x.news, last: x.last}
		if x.news[0] == Update {
			s.update = x.request
		}
		if done, err := s.read(all); done || err != nil {
			s.Recording = x.recording(all, s)
			return s, err
		}
		if rejected && x.news[0] == Update {
			d, err := x.client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
			if err != nil {
				return nil, err
			}
			if d.GetPendingWorkflowTask() == nil {
				s.Outcome, s.Untold, s.Recording = GoesOn, true, x.recording(all, nil)
				return s, nil
			}
		}
		if err := p.wait(ctx); err != nil {
			return nil, fmt.Errorf("the new Worker does not answer: %w", err)
		}
	}
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// read reads the events after the waiting point, and reports whether they tell what happened.
func (s *Swapped) read(all []*historypb.HistoryEvent) (done bool, err error) {
	var started, completed int64
	for _, e := range all[s.Waiting:] {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED:
			started = e.GetEventId()
		case enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
			return true, fmt.Errorf("%w: it has timed out", ErrRaced)
		case enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED:
			failed := e.GetWorkflowTaskFailedEventAttributes()
			s.Outcome, s.Cause, s.Message = Stuck, failed.GetCause().String(), failed.GetFailure().GetMessage()
			s.prefix(all, started)
			if failed.GetCause() == enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND {
				return true, ErrRaced
			}
			return true, nil
		case enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
			completed = e.GetEventId()
		}
		if completed != 0 {
			break
		}
	}
	if completed == 0 {
		return false, nil
	}
	s.prefix(all, started)
	s.Outcome = GoesOn
	for _, e := range all[completed:] {
		if !madeBy(e, completed) {
			break
		}
		s.Events = append(s.Events, e)
		if ending := endings[e.GetEventType()]; ending != "" {
			s.Outcome, s.Ending, s.Result = Closes, ending, resultOf(e)
		}
	}
	s.answer = all[completed-1:][:1+len(s.Events)]
	return true, nil
}

// prefix notes where the recording ends.
func (s *Swapped) prefix(all []*historypb.HistoryEvent, started int64) {
	s.Recording = &history.Recording{History: &historypb.History{Events: all[:started]}}
}

// recording makes a recording of what the new Worker got.
func (x *execution) recording(all []*historypb.HistoryEvent, s *Swapped) *history.Recording {
	if s != nil && s.Recording != nil {
		all = s.Recording.History.GetEvents()
	}
	return &history.Recording{
		Family: "random", Name: "pair", Lineage: []string{"old"}, WorkflowID: x.run.GetID(), RunID: x.run.GetRunID(),
		Namespace: x.namespace, SDKVersion: temporal.SDKVersion, History: &historypb.History{Events: all},
	}
}

func resultOf(e *historypb.HistoryEvent) string {
	text := converter.GetDefaultDataConverter().ToString
	switch a := e.GetAttributes().(type) {
	case *historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes:
		if p := a.WorkflowExecutionCompletedEventAttributes.GetResult().GetPayloads(); len(p) > 0 {
			return text(p[0])
		}
	case *historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes:
		if p := a.WorkflowExecutionContinuedAsNewEventAttributes.GetInput().GetPayloads(); len(p) > 0 {
			return text(p[0])
		}
	case *historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes:
		return a.WorkflowExecutionFailedEventAttributes.GetFailure().GetMessage()
	}
	return ""
}
