package accept

import (
	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// unhandled refuses a close while something has arrived that the code has not seen.
func (t *taking) unhandled() *Refusal {
	if !t.blocked {
		return nil
	}
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND
	return &Refusal{Cause: cause, Message: cause.String(), Command: -1}
}

// completeWorkflow is handleCommandCompleteWorkflow.
func (t *taking) completeWorkflow(a *commandpb.CompleteWorkflowExecutionCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	if err := t.unhandled(); err != nil {
		return nil, err
	}
	if a == nil {
		return nil, refuse(enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES,
			"CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.")
	}
	// The service names the cause of an activity.
	if err := blob(enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES, proto.Size(a.GetResult()),
		"CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit."); err != nil {
		return nil, err
	}
	if t.started.GetCronSchedule() != "" {
		t.newRunID = MadeUpRunID
	}
	t.close(enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED)
	return t.add(&historypb.WorkflowExecutionCompletedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, Result: a.GetResult(), NewExecutionRunId: t.newRunID,
	}), nil
}

// failWorkflow is handleCommandFailWorkflow.
func (t *taking) failWorkflow(a *commandpb.FailWorkflowExecutionCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES
	if err := t.unhandled(); err != nil {
		return nil, err
	}
	switch {
	case a == nil:
		return nil, refuse(cause, "FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand.")
	case a.GetFailure() == nil:
		return nil, refuse(cause, "Failure is not set on FailWorkflowExecutionCommand.")
	}
	if err := blob(cause, proto.Size(a.GetFailure()),
		"FailWorkflowExecutionCommandAttributes.Failure exceeds size limit."); err != nil {
		return nil, err
	}
	state := valid.RetryState(t.started, a.GetFailure(), t.c.At)
	if state == enumspb.RETRY_STATE_IN_PROGRESS || t.started.GetCronSchedule() != "" {
		t.newRunID = MadeUpRunID
	}
	t.close(enumspb.WORKFLOW_EXECUTION_STATUS_FAILED)
	return t.add(&historypb.WorkflowExecutionFailedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, Failure: a.GetFailure(), RetryState: state,
		NewExecutionRunId: t.newRunID,
	}), nil
}

// cancelWorkflow is handleCommandCancelWorkflow.
func (t *taking) cancelWorkflow(a *commandpb.CancelWorkflowExecutionCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	if err := t.unhandled(); err != nil {
		return nil, err
	}
	if a == nil {
		return nil, refuse(enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES,
			"CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.")
	}
	t.close(enumspb.WORKFLOW_EXECUTION_STATUS_CANCELED)
	return t.add(&historypb.WorkflowExecutionCanceledEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, Details: a.GetDetails(),
	}), nil
}

// continueAsNew is handleCommandContinueAsNewWorkflow.
func (t *taking) continueAsNew(a *commandpb.ContinueAsNewWorkflowExecutionCommandAttributes) (
	*historypb.HistoryEvent, *Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES
	if err := t.unhandled(); err != nil {
		return nil, err
	}
	if err := t.validContinue(a); err != nil {
		return nil, err
	}
	if a.GetInheritBuildId() && t.otherQueue(a.GetTaskQueue().GetName()) { //nolint:staticcheck // older SDKs
		return nil, refuse(cause, "ContinueAsNew with UseCompatibleVersion cannot run on different task queue.")
	}
	if err := blob(cause, proto.Size(a.GetInput()),
		"ContinueAsNewWorkflowExecutionCommandAttributes. Input exceeds size limit."); err != nil {
		return nil, err
	}
	if err := memo(cause, a.GetMemo(),
		"ContinueAsNewWorkflowExecutionCommandAttributes. Memo exceeds size limit."); err != nil {
		return nil, err
	}
	if err := attributesSize(cause, a.GetSearchAttributes()); err != nil {
		return nil, err
	}
	t.newRunID = MadeUpRunID
	t.close(enumspb.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW)
	continued := &historypb.WorkflowExecutionContinuedAsNewEventAttributes{
		WorkflowTaskCompletedEventId: t.completed,
		NewExecutionRunId:            t.newRunID,
		WorkflowType:                 a.GetWorkflowType(),
		TaskQueue:                    a.GetTaskQueue(),
		Header:                       a.GetHeader(),
		Input:                        a.GetInput(),
		WorkflowRunTimeout:           a.GetWorkflowRunTimeout(),
		WorkflowTaskTimeout:          a.GetWorkflowTaskTimeout(),
		BackoffStartInterval:         a.GetBackoffStartInterval(),
		Initiator:                    a.GetInitiator(),
		Failure:                      a.GetFailure(),
		LastCompletionResult:         a.GetLastCompletionResult(),
		Memo:                         valid.Memo(a.GetMemo()),
		SearchAttributes:             valid.Attributes(a.GetSearchAttributes()),
		InheritBuildId:               a.GetInheritBuildId(), //nolint:staticcheck // older SDKs
	}
	fillin.Attributes(continued, t.started)
	return t.add(continued), nil
}

// validContinue is command_attr_validator.go, ValidateContinueAsNewWorkflowExecutionAttributes.
func (t *taking) validContinue(a *commandpb.ContinueAsNewWorkflowExecutionCommandAttributes) *Refusal {
	const (
		cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES
		on    = "on ContinueAsNewWorkflowExecutionCommand"
	)
	if a == nil {
		return refuse(cause, "ContinueAsNewWorkflowExecutionCommandAttributes is not set %s.", on)
	}
	if a.GetWorkflowType().GetName() == "" {
		a.WorkflowType = &commonpb.WorkflowType{Name: t.started.GetWorkflowType().GetName()}
	}
	name := a.GetWorkflowType().GetName()
	if len(name) > valid.LongestID {
		return refuse(cause, "WorkflowType %s exceeds length limit. WorkflowType=%s Length=%d Limit=%d",
			on, name, len(name), valid.LongestID)
	}
	if a.TaskQueue == nil {
		a.TaskQueue = &taskqueuepb.TaskQueue{Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
	}
	if err := valid.Queue(a.GetTaskQueue(), t.queue(), t.queue()); err != "" {
		return refuse(cause, "error validating ContinueAsNewWorkflowExecutionCommand TaskQueue: %s. "+
			"WorkflowType=%s TaskQueue=%s", err, name, a.GetTaskQueue())
	}
	for _, timeout := range []timeout{
		{"WorkflowRunTimeout", a.GetWorkflowRunTimeout()},
		{"WorkflowTaskTimeout", a.GetWorkflowTaskTimeout()},
		{"BackoffStartInterval", a.GetBackoffStartInterval()},
	} {
		if err := valid.Duration(timeout.value); err != "" {
			return refuse(cause, "Invalid %s %s: %s. WorkflowType=%s TaskQueue=%s",
				timeout.name, on, err, name, a.GetTaskQueue())
		}
	}
	if err := valid.Retry(a.GetRetryPolicy()); err != "" {
		return refuse(cause, "invalid WorkflowRetryPolicy %s: %s. WorkflowType=%s TaskQueue=%s",
			on, err, name, a.GetTaskQueue())
	}
	if err := validAttributes(a.GetSearchAttributes()); err != "" {
		return refuse(enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES,
			"invalid SearchAttributes %s: %s. WorkflowType=%s TaskQueue=%s", on, err, name, a.GetTaskQueue())
	}
	return nil
}
