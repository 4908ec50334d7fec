package accept

import (
	"strings"

	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
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
	case len(namespace) > longestID:
		return refuse(cause,
			"Namespace %s exceeds length limit. WorkflowId=%s Namespace=%s Length=%d Limit=%d RunId=%s SignalName=%s",
			on, id, namespace, len(namespace), longestID, run, name)
	case len(id) > longestID:
		return refuse(cause,
			"WorkflowId %s exceeds length limit. WorkflowId=%s Length=%d Limit=%d Namespace=%s RunId=%s SignalName=%s",
			on, id, len(id), longestID, namespace, run, name)
	case run != "" && !isUUID(run):
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
	case len(namespace) > longestID:
		return refuse(cause, "Namespace %s exceeds length limit. WorkflowId=%s RunId=%s Namespace=%s Length=%d Limit=%d",
			on, id, run, namespace, len(namespace), longestID)
	case len(id) > longestID:
		return refuse(cause, "WorkflowId %s exceeds length limit. WorkflowId=%s Length=%d Limit=%d RunId=%s Namespace=%s",
			on, id, len(id), longestID, run, namespace)
	case run != "" && !isUUID(run):
		return refuse(cause, "Invalid RunId set %s. WorkflowId=%s RunId=%s Namespace=%s", on, id, run, namespace)
	case t.children[id]:
		return refuse(cause, "Start and RequestCancel for child workflow is not allowed in same workflow task. "+
			"WorkflowId=%s RunId=%s Namespace=%s", id, run, namespace)
	}
	return nil
}

// isUUID takes what github.com/google/uuid takes: the plain form, one in braces, one with a prefix,
// and one without hyphens.
func isUUID(text string) bool {
	switch len(text) {
	case 36 + 9:
		if !strings.EqualFold(text[:9], "urn:uuid:") {
			return false
		}
		text = text[9:]
	case 36 + 2:
		if text[0] != '{' || text[37] != '}' {
			return false
		}
		text = text[1:37]
	case 36, 32:
	default:
		return false
	}
	for i := range len(text) {
		hyphen := len(text) == 36 && (i == 8 || i == 13 || i == 18 || i == 23)
		if hyphen != (text[i] == '-') || !hyphen && !isHex(text[i]) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
