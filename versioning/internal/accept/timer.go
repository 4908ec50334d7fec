package accept

import (
	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
)

// startTimer is handleCommandStartTimer.
func (t *taking) startTimer(a *commandpb.StartTimerCommandAttributes) (*historypb.HistoryEvent, *Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES
	id := a.GetTimerId()
	switch {
	case a == nil:
		return nil, refuse(cause, "StartTimerCommandAttributes is not set on StartTimerCommand.")
	case id == "":
		return nil, refuse(cause, "TimerId is not set on StartTimerCommand.")
	case len(id) > valid.LongestID:
		return nil, refuse(cause, "TimerId on StartTimerCommand exceeds length limit. TimerId=%s Length=%d Limit=%d",
			id, len(id), valid.LongestID)
	}
	if err := valid.Duration(a.GetStartToFireTimeout()); err != "" {
		return nil, refuse(cause, "An invalid StartToFireTimeout is set on StartTimerCommand: %s. TimerId=%s", err, id)
	}
	if t.pending.Timers[id] != nil {
		return nil, invalidAction(enumspb.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID,
			"add-timer-started-event", "TimerID: %s", id)
	}
	return t.add(&historypb.TimerStartedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, TimerId: id, StartToFireTimeout: a.GetStartToFireTimeout(),
	}), nil
}

// cancelTimer is handleCommandCancelTimer. A timer that has fired while the Worker had the task is
// cancelled all the same, and its TimerFired is dropped.
func (t *taking) cancelTimer(a *commandpb.CancelTimerCommandAttributes) (*historypb.HistoryEvent, *Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES
	id := a.GetTimerId()
	switch {
	case a == nil:
		return nil, refuse(cause, "CancelTimerCommandAttributes is not set on CancelTimerCommand.")
	case id == "":
		return nil, refuse(cause, "TimerId is not set on CancelTimerCommand.")
	case len(id) > valid.LongestID:
		return nil, refuse(cause, "TimerId on CancelTimerCommand exceeds length limit. TimerId=%s Length=%d Limit=%d",
			id, len(id), valid.LongestID)
	}
	var started int64
	if work := t.pending.Timers[id]; work != nil {
		started = work.Event.GetEventId()
	} else {
		started = t.takeFired(id)
	}
	if started == 0 {
		return nil, invalidAction(cause, "add-timer-canceled-event", "TimerID: %s", id)
	}
	e := t.add(&historypb.TimerCanceledEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, StartedEventId: started, TimerId: id,
		Identity: t.answer.GetIdentity(),
	})
	t.blocked = t.blocked && len(t.buffered) > 0
	return e, nil
}

// takeFired removes the TimerFired that had arrived, and returns the TimerStarted that it names.
func (t *taking) takeFired(id string) int64 {
	for i, e := range t.buffered {
		if fired := e.GetTimerFiredEventAttributes(); fired.GetTimerId() == id && fired != nil {
			t.buffered = append(t.buffered[:i:i], t.buffered[i+1:]...)
			return fired.GetStartedEventId()
		}
	}
	return 0
}
