package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

const (
	// lookAgain is the time between two looks at an observed execution.
	lookAgain = 50 * time.Millisecond
	// stuckAfter is the time without a change after which nothing will happen any
	// more: several times what the slowest observation took beside seven others.
	// It is shorter than the ten seconds after which the service gives up a
	// Workflow Task that is not answered, so that one is seen while it is lost.
	stuckAfter = 8 * time.Second
	// stillFor is how long an execution at rest is watched until it counts as one
	// that goes on.
	stillFor = 500 * time.Millisecond
	// busyFor is how long an execution that does one thing after the other is
	// watched until it counts as one that goes on.
	busyFor = 3 * stuckAfter
)

// errTaskLost reports that something was taken and not answered. On a busy
// machine the service can hand a task to a poll of the worker that was just
// stopped; the next attempt comes after ten seconds, and a failure of it is not
// written to the history.
var errTaskLost = errors.New("something was taken and is not answered")

// awaitOutcome watches the execution until it is clear what became of it after
// the event of that ID, and fills in the observation.
func (x *observed) awaitOutcome(ctx context.Context, swapped int64, o *history.Observation) error {
	began := time.Now()
	changed, last := began, ""
	for {
		e, err := x.look(ctx, x.run.GetID(), x.run.GetRunID())
		if err != nil {
			return err
		}
		h, err := x.history(ctx)
		if err != nil {
			return err
		}
		now := time.Now()
		if state := fmt.Sprint(len(h.GetEvents()), e.state()); state != last {
			changed, last = now, state
		}
		done, err := decide(sighting{
			events:    h.GetEvents()[swapped:],
			execution: e,
			watched:   now.Sub(began),
			unchanged: now.Sub(changed),
		}, o)
		if done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(lookAgain):
		}
	}
}

// A sighting is what is seen of an execution at one time.
type sighting struct {
	// events are those since the worker was swapped.
	events    []*historypb.HistoryEvent
	execution looked
	// watched is the time since the execution was given its workflow task,
	// unchanged that since anything of it was seen to change.
	watched, unchanged time.Duration
}

// decide reports whether the sighting says what became of the execution, and
// then fills in the observation. What it cannot be sure of is an error.
func decide(s sighting, o *history.Observation) (done bool, err error) {
	worked := false
	for _, e := range s.events {
		worked = worked || e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
		if told(e, o) {
			return true, nil
		}
	}
	if worked && o.Task == history.OtherTask {
		o.Outcome = history.WentOn
		return true, nil
	}
	left := map[how][]string{}
	for _, work := range s.execution.outstanding() {
		left[work.how] = append(left[work.how], work.what)
	}
	none := len(left) == 0
	switch {
	case worked && none && s.unchanged > stillFor,
		worked && left[failing] == nil && s.watched > busyFor && s.unchanged < stuckAfter:
		o.Outcome = history.WentOn
		return true, nil
	case left[failing] != nil && len(left) == 1:
		o.Outcome, o.Message = history.Stuck, left[failing][0]
		return true, nil
	case s.unchanged <= stuckAfter:
		return false, nil
	case left[taken] != nil:
		return false, fmt.Errorf("%w: %s", errTaskLost, left[taken][0])
	case left[untaken] != nil:
		o.Outcome, o.Message = history.Stuck, left[untaken][0]
		return true, nil
	}
	o.Outcome, o.Message = history.Stuck, "nothing gives it a Workflow Task"
	return true, nil
}

// told fills in the observation if the event says what became of the execution.
func told(e *historypb.HistoryEvent, o *history.Observation) bool {
	if failed := e.GetWorkflowTaskFailedEventAttributes(); failed != nil && !isRetried(failed.GetCause()) {
		o.Outcome, o.Cause, o.Message = history.TaskFailed, failed.GetCause().String(),
			brief(failed.GetFailure().GetMessage())
		return true
	}
	ending, closed := endings[e.GetEventType()]
	if !closed {
		return false
	}
	o.Outcome, o.Ending = history.Closed, string(ending)
	if completed := e.GetWorkflowExecutionCompletedEventAttributes(); completed != nil {
		o.Result = shown(completed.GetResult().GetPayloads())
	}
	if continued := e.GetWorkflowExecutionContinuedAsNewEventAttributes(); continued != nil {
		o.Result = shown(continued.GetInput().GetPayloads())
	}
	if failed := e.GetWorkflowExecutionFailedEventAttributes(); failed != nil {
		o.Message = brief(failed.GetFailure().GetMessage())
	}
	return true
}

func shown(payloads []*commonpb.Payload) json.RawMessage {
	if len(payloads) == 0 {
		return nil
	}
	text := converter.GetDefaultDataConverter().ToString(payloads[0])
	if !json.Valid([]byte(text)) {
		quoted, _ := json.Marshal(text)
		return quoted
	}
	return json.RawMessage(text)
}
