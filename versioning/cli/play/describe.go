package play

import (
	"context"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// state is what the service knows of an execution.
type state struct {
	description *workflowservice.DescribeWorkflowExecutionResponse
	last        *historypb.HistoryEvent
	// failure is that of the last workflow task, nil if it did not fail.
	failure *taskFailure
}

type taskFailure struct {
	event          int64
	cause, message string
}

// describe tells the state in a line or two.
func (s *connection) describe(ctx context.Context, id string) ([]string, error) {
	state, err := s.state(ctx, id)
	if isUnknown(err) {
		return nil, s.unknown(id)
	}
	if err != nil {
		return nil, fmt.Errorf("describing %s: %w", id, s.Explain(err))
	}
	lines := []string{fmt.Sprintf("Status of ID %s: %s", id, state.status())}
	if next := state.next(); next != "" {
		lines = append(lines, "  "+next)
	}
	return lines, nil
}

func (s *connection) state(ctx context.Context, id string) (*state, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	description, err := s.DescribeWorkflowExecution(ctx, id, "")
	if err != nil {
		return nil, err
	}
	// The end of the history holds the last workflow task: its events follow one
	// another, with nothing but what happened meanwhile in between.
	page, err := s.WorkflowService().GetWorkflowExecutionHistoryReverse(ctx,
		&workflowservice.GetWorkflowExecutionHistoryReverseRequest{
			Namespace: s.Namespace,
			Execution: &commonpb.WorkflowExecution{WorkflowId: id,
				RunId: description.GetWorkflowExecutionInfo().GetExecution().GetRunId()},
		})
	if err != nil {
		return nil, err
	}
	st := &state{description: description}
	for i, e := range page.GetHistory().GetEvents() {
		if i == 0 {
			st.last = e
		}
		if failed := e.GetWorkflowTaskFailedEventAttributes(); failed != nil {
			st.failure = &taskFailure{
				event:   e.GetEventId(),
				cause:   failed.GetCause().String(),
				message: shell.FirstLine(failed.GetFailure().GetMessage()),
			}
			break
		}
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			break
		}
	}
	return st, nil
}

func (s *state) status() string {
	info := s.description.GetWorkflowExecutionInfo()
	text := info.GetStatus().String()
	if s.last != nil {
		text += outcome(s.last)
	}
	return fmt.Sprintf("%s, %d events (run ID %s)", text, info.GetHistoryLength(), info.GetExecution().GetRunId())
}

// outcome is what the closing event adds to the status.
func outcome(e *historypb.HistoryEvent) string {
	if completed := e.GetWorkflowExecutionCompletedEventAttributes(); completed != nil {
		if values := converter.GetDefaultDataConverter().ToStrings(completed.GetResult()); len(values) > 0 {
			return " with " + strings.Join(values, ", ")
		}
	}
	if failed := e.GetWorkflowExecutionFailedEventAttributes(); failed != nil {
		return ": " + shell.FirstLine(failed.GetFailure().GetMessage())
	}
	return ""
}

// next is what the execution waits for, or why it is stuck.
func (s *state) next() string {
	if s.description.GetWorkflowExecutionInfo().GetStatus() != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
		return ""
	}
	task := s.description.GetPendingWorkflowTask()
	if s.failure != nil {
		text := fmt.Sprintf("its workflow task failed at event %d, %s: %s", s.failure.event, s.failure.cause,
			s.failure.message)
		if task != nil {
			text += fmt.Sprintf("; the service tries again, now attempt %d", task.GetAttempt())
		}
		return text
	}
	if task != nil && task.GetState() == enumspb.PENDING_WORKFLOW_TASK_STATE_SCHEDULED {
		return "its workflow task waits for a worker"
	}
	if pending := s.description.GetPendingActivities(); len(pending) > 0 {
		a := pending[0]
		text := fmt.Sprintf("waits for activity %s (%s, attempt %d)", a.GetActivityType().GetName(),
			strings.ToLower(a.GetState().String()), a.GetAttempt())
		if message := a.GetLastFailure().GetMessage(); message != "" {
			text += ": " + shell.FirstLine(message)
		}
		return text
	}
	return ""
}
