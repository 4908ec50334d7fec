package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

const (
	// lookAgain is the time between two looks at an observed execution.
	lookAgain = 50 * time.Millisecond
	// stuckAfter is the time after which nothing will happen any more: several
	// times what the slowest observation took beside seven others.
	stuckAfter = 8 * time.Second
	// stillFor is how long an execution without anything outstanding is watched
	// until it counts as one that goes on.
	stillFor = 500 * time.Millisecond
	// longestMessage is the number of bytes of a message that are kept.
	longestMessage = 400
)

// errTaskLost reports that a Workflow Task was taken and not answered. On a busy
// machine the service can hand it to a poll of the worker that was just stopped;
// the next attempt comes after ten seconds, and a failure of it is not written
// to the history.
var errTaskLost = errors.New("its Workflow Task was taken by a Worker that does not answer")

// awaitOutcome watches the execution until it is clear what became of it after
// the event of that ID, and fills in the observation.
func (x *observed) awaitOutcome(ctx context.Context, swapped int64, o *history.Observation) error {
	began := time.Now()
	var still time.Time
	for {
		d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
		if err != nil {
			return fmt.Errorf("describing the execution: %w", err)
		}
		h, err := x.history(ctx)
		if err != nil {
			return err
		}
		worked := false
		for _, e := range h.GetEvents()[swapped:] {
			worked = worked || e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
			if told(e, o) {
				return nil
			}
		}
		if worked && o.Task == history.OtherTask {
			o.Outcome = history.WentOn
			return nil
		}
		if message := failingActivity(d); message != "" {
			o.Outcome, o.Message = history.Stuck, message
			return nil
		}
		if !worked || hasWork(d) {
			still = time.Time{}
		} else if still.IsZero() {
			still = time.Now()
		} else if time.Since(still) > stillFor {
			o.Outcome = history.WentOn
			return nil
		}
		if time.Since(began) > stuckAfter {
			if d.GetPendingWorkflowTask().GetState() == enumspb.PENDING_WORKFLOW_TASK_STATE_STARTED {
				return errTaskLost
			}
			o.Outcome, o.Message = history.Stuck, "no Worker takes its Workflow Task"
			if worked {
				o.Message = "it does not close"
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(lookAgain):
		}
	}
}

// told fills in the observation if the event says what became of the execution.
func told(e *historypb.HistoryEvent, o *history.Observation) bool {
	if failed := e.GetWorkflowTaskFailedEventAttributes(); failed != nil && !isRetried(failed.GetCause()) {
		o.Outcome, o.Cause, o.Message = history.TaskFailed, failed.GetCause().String(), brief(failed.GetFailure().GetMessage())
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

// failingActivity says that the worker cannot run an activity of the execution,
// which the service tries again and again.
func failingActivity(d *workflowservice.DescribeWorkflowExecutionResponse) string {
	for _, a := range d.GetPendingActivities() {
		if failure := a.GetLastFailure(); failure != nil {
			return fmt.Sprintf("activity %s fails: %s", a.GetActivityType().GetName(), brief(failure.GetMessage()))
		}
	}
	return ""
}

// hasWork reports whether a worker has something to do for the execution.
func hasWork(d *workflowservice.DescribeWorkflowExecutionResponse) bool {
	return d.GetPendingWorkflowTask() != nil || len(d.GetPendingActivities()) > 0 || len(d.GetPendingChildren()) > 0
}

// unsteady is what differs between two equal observations in the events and
// commands that a message quotes: times, task IDs, run IDs, which are a part of
// default Child Workflow IDs too, and the spaces of protobuf's text format, of
// which there are more in some binaries than in others.
var unsteady = regexp.MustCompile(`EventTime:\([^)]*\), |TaskId:\d+, |\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|  +`)

func steady(part string) string {
	switch {
	case strings.HasPrefix(part, " "):
		return " "
	case strings.Contains(part, ":"):
		return ""
	default:
		return "RUN"
	}
}

// brief returns the first line of what a worker said, the same each time.
func brief(message string) string {
	line, _, _ := strings.Cut(message, "\n")
	line = unsteady.ReplaceAllStringFunc(line, steady)
	line = typeList.ReplaceAllStringFunc(line, func(list string) string {
		types := strings.Split(typeList.FindStringSubmatch(list)[1], ", ")
		slices.Sort(types)
		return "Supported types: [" + strings.Join(types, ", ") + "]"
	})
	if len(line) > longestMessage {
		line = strings.ToValidUTF8(line[:longestMessage], "") + "…"
	}
	return line
}

// typeList is a list that the SDK prints in the order of a map.
var typeList = regexp.MustCompile(`Supported types: \[([^]]*)\]`)
