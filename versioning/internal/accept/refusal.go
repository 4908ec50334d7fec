package accept

import (
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
)

// The service tells three ways to refuse apart (workflow_task_completed_handler.go): it fails the
// Workflow Task, it terminates the run, or it lets the request fail.

func refuse(cause enumspb.WorkflowTaskFailedCause, format string, args ...any) *Refusal {
	return &Refusal{Cause: cause, Message: fmt.Sprintf("%v: %s", cause, fmt.Sprintf(format, args...)), Command: -1}
}

func terminate(cause enumspb.WorkflowTaskFailedCause, format string, args ...any) *Refusal {
	r := refuse(cause, format, args...)
	r.Terminates = true
	return r
}

func unanswered(format string, args ...any) *Refusal {
	return &Refusal{Message: fmt.Sprintf(format, args...), Command: -1}
}

// identityOfService is who terminates a run: service/history/consts/const.go.
const identityOfService = "history-service"

func (t *taking) failedRequest(r *Refusal) Outcome {
	return Outcome{Refused: r, Status: enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING}
}

// refused is the outcome of an answer that is refused: api.go, from wtFailedCause on. Of what the
// commands have done nothing stays.
func (t *taking) refused(r *Refusal) Outcome {
	if r.Cause == enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNSPECIFIED {
		return t.failedRequest(r)
	}
	t.restart()
	outcome := Outcome{Refused: r, Status: enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, NextTask: true}
	if t.attempt > 1 {
		r.Terminates = false
		outcome.Discarded = true
		if r.Cause != enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND {
			outcome.NextTask = false
			return outcome
		}
		t.flush()
		outcome.Events = t.events
		return outcome
	}
	t.fail(&historypb.WorkflowTaskFailedEventAttributes{
		Cause: r.Cause, Failure: serverFailure(r.Message), Identity: t.answer.GetIdentity(),
		BinaryChecksum: t.answer.GetBinaryChecksum(), //nolint:staticcheck // older SDKs send it
	})
	t.flush()
	if r.Terminates {
		t.terminate(r.Message)
		outcome.Status, outcome.NextTask = enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED, false
	}
	outcome.Events = t.events
	return outcome
}

func (t *taking) fail(a *historypb.WorkflowTaskFailedEventAttributes) {
	a.ScheduledEventId = t.task.GetWorkflowTaskStartedEventAttributes().GetScheduledEventId()
	a.StartedEventId = t.task.GetEventId()
	t.add(a)
}

func (t *taking) terminate(reason string) {
	t.add(&historypb.WorkflowExecutionTerminatedEventAttributes{Reason: reason, Identity: identityOfService})
}

func serverFailure(message string) *failurepb.Failure {
	return &failurepb.Failure{Message: message, FailureInfo: &failurepb.Failure_ServerFailureInfo{
		ServerFailureInfo: &failurepb.ServerFailureInfo{}}}
}
