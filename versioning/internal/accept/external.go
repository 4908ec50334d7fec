package accept

import (
	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
)

// signal is handleCommandSignalExternalWorkflow. The target may be the execution itself, or none.
func (t *taking) signal(a *commandpb.SignalExternalWorkflowExecutionCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES
	if err := validSignal(a); err != nil {
		return nil, err
	}
	if err := room(enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_SIGNALS_LIMIT_EXCEEDED, len(t.pending.Signals),
		"pending signals to external workflows"); err != nil {
		return nil, err
	}
	if err := blob(cause, proto.Size(a.GetInput()),
		"SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit."); err != nil {
		return nil, err
	}
	return t.add(&historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed,
		Namespace:                    a.GetNamespace(),
		NamespaceId:                  t.namespaceID(a.GetNamespace()),
		WorkflowExecution: &commonpb.WorkflowExecution{
			WorkflowId: a.GetExecution().GetWorkflowId(), RunId: a.GetExecution().GetRunId()},
		SignalName:        a.GetSignalName(),
		Input:             a.GetInput(),
		Control:           a.GetControl(), //nolint:staticcheck // older SDKs
		ChildWorkflowOnly: a.GetChildWorkflowOnly(),
		Header:            a.GetHeader(),
	}), nil
}

// validSignal is command_attr_validator.go, ValidateSignalExternalWorkflowExecutionAttributes.
func validSignal(a *commandpb.SignalExternalWorkflowExecutionCommandAttributes) *Refusal {
	const (
		cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES
		on    = "on SignalExternalWorkflowExecutionCommand"
	)
	id, run, namespace := a.GetExecution().GetWorkflowId(), a.GetExecution().GetRunId(), a.GetNamespace()
	name := a.GetSignalName()
	switch {
	case a == nil:
		return refuse(cause, "SignalExternalWorkflowExecutionCommandAttributes is not set %s.", on)
	case a.GetExecution() == nil:
		return refuse(cause, "Execution is not set %s.", on)
	case id == "":
		return refuse(cause, "WorkflowId is not set %s. Namespace=%s RunId=%s SignalName=%s", on, namespace, run, name)
	case len(namespace) > valid.LongestID:
		return refuse(cause,
			"Namespace %s exceeds length limit. WorkflowId=%s Namespace=%s Length=%d Limit=%d RunId=%s SignalName=%s",
			on, id, namespace, len(namespace), valid.LongestID, run, name)
	case len(id) > valid.LongestID:
		return refuse(cause,
			"WorkflowId %s exceeds length limit. WorkflowId=%s Length=%d Limit=%d Namespace=%s RunId=%s SignalName=%s",
			on, id, len(id), valid.LongestID, namespace, run, name)
	case run != "" && !valid.UUID(run):
		return refuse(cause, "Invalid RunId set %s. WorkflowId=%s Namespace=%s RunId=%s SignalName=%s",
			on, id, namespace, run, name)
	case name == "":
		return refuse(cause, "SignalName is not set %s. WorkflowId=%s Namespace=%s RunId=%s", on, id, namespace, run)
	}
	return nil
}

// cancelExternal is handleCommandRequestCancelExternalWorkflow.
func (t *taking) cancelExternal(a *commandpb.RequestCancelExternalWorkflowExecutionCommandAttributes) (
	*historypb.HistoryEvent, *Refusal) {
	if err := t.validCancel(a); err != nil {
		return nil, err
	}
	if err := room(enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED, len(t.pending.Cancels),
		"pending requests to cancel external workflows"); err != nil {
		return nil, err
	}
	return t.add(&historypb.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed,
		Namespace:                    a.GetNamespace(),
		NamespaceId:                  t.namespaceID(a.GetNamespace()),
		WorkflowExecution: &commonpb.WorkflowExecution{
			WorkflowId: a.GetWorkflowId(), RunId: a.GetRunId()},
		Control:           a.GetControl(), //nolint:staticcheck // older SDKs
		ChildWorkflowOnly: a.GetChildWorkflowOnly(),
		Reason:            a.GetReason(),
	}), nil
}

// validCancel is command_attr_validator.go, ValidateCancelExternalWorkflowExecutionAttributes.
func (t *taking) validCancel(a *commandpb.RequestCancelExternalWorkflowExecutionCommandAttributes) *Refusal {
	const (
		cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES
		on    = "on RequestCancelExternalWorkflowExecutionCommand"
	)
	id, run, namespace := a.GetWorkflowId(), a.GetRunId(), a.GetNamespace()
	switch {
	case a == nil:
		return refuse(cause, "RequestCancelExternalWorkflowExecutionCommandAttributes is not set %s.", on)
	case id == "":
		return refuse(cause, "WorkflowId is not set %s. Namespace=%s RunId=%s", on, namespace, run)
	case len(namespace) > valid.LongestID:
		return refuse(cause, "Namespace %s exceeds length limit. WorkflowId=%s RunId=%s Namespace=%s Length=%d Limit=%d",
			on, id, run, namespace, len(namespace), valid.LongestID)
	case len(id) > valid.LongestID:
		return refuse(cause, "WorkflowId %s exceeds length limit. WorkflowId=%s Length=%d Limit=%d RunId=%s Namespace=%s",
			on, id, len(id), valid.LongestID, run, namespace)
	case run != "" && !valid.UUID(run):
		return refuse(cause, "Invalid RunId set %s. WorkflowId=%s RunId=%s Namespace=%s", on, id, run, namespace)
	case t.children[id]:
		return refuse(cause, "Start and RequestCancel for child workflow is not allowed in same workflow task. "+
			"WorkflowId=%s RunId=%s Namespace=%s", id, run, namespace)
	}
	return nil
}
