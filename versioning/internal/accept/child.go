package accept

import (
	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// startChild is handleCommandStartChildWorkflow. The service does not look whether the workflow ID is
// in use: it writes the event, and StartChildWorkflowExecutionFailed later.
func (t *taking) startChild(a *commandpb.StartChildWorkflowExecutionCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES
	if a == nil { // the handler writes the namespace into nothing
		return nil, unanswered("runtime error: invalid memory address or nil pointer dereference")
	}
	if a.GetNamespace() == "" {
		a.Namespace = t.c.Namespace
	}
	if err := t.validChild(a); err != nil {
		return nil, err
	}
	if err := valid.Override(a.GetVersioningOverride()); err != "" {
		return nil, refuse(cause, "%s", err)
	}
	if a.GetInheritBuildId() && t.otherQueue(a.GetTaskQueue().GetName()) { //nolint:staticcheck // older SDKs
		return nil, refuse(cause,
			"StartChildWorkflowExecution with UseCompatibleVersion cannot run on different task queue.")
	}
	if err := blob(cause, proto.Size(a.GetInput()),
		"StartChildWorkflowExecutionCommandAttributes. Input exceeds size limit."); err != nil {
		return nil, err
	}
	if err := memo(cause, a.GetMemo(),
		"StartChildWorkflowExecutionCommandAttributes.Memo exceeds size limit."); err != nil {
		return nil, err
	}
	if err := attributesSize(cause, a.GetSearchAttributes()); err != nil {
		return nil, err
	}
	if err := room(enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED,
		len(t.pending.Children), "pending child workflow executions"); err != nil {
		return nil, err
	}
	t.children[a.GetWorkflowId()] = true
	initiated := &historypb.StartChildWorkflowExecutionInitiatedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed,
		Namespace:                    a.GetNamespace(),
		NamespaceId:                  t.namespaceID(a.GetNamespace()),
		WorkflowId:                   a.GetWorkflowId(),
		WorkflowType:                 a.GetWorkflowType(),
		TaskQueue:                    a.GetTaskQueue(),
		Header:                       a.GetHeader(),
		Input:                        a.GetInput(),
		WorkflowExecutionTimeout:     a.GetWorkflowExecutionTimeout(),
		WorkflowRunTimeout:           a.GetWorkflowRunTimeout(),
		WorkflowTaskTimeout:          a.GetWorkflowTaskTimeout(),
		Control:                      a.GetControl(), //nolint:staticcheck // older SDKs
		WorkflowIdReusePolicy:        a.GetWorkflowIdReusePolicy(),
		RetryPolicy:                  a.GetRetryPolicy(),
		CronSchedule:                 a.GetCronSchedule(),
		Memo:                         valid.Memo(a.GetMemo()),
		SearchAttributes:             valid.Attributes(a.GetSearchAttributes()),
		ParentClosePolicy:            a.GetParentClosePolicy(),
		InheritBuildId:               a.GetInheritBuildId(), //nolint:staticcheck // older SDKs
		VersioningOverride:           valid.Converted(a.GetVersioningOverride()),
		Priority:                     a.GetPriority(),
	}
	fillin.Attributes(initiated, t.started)
	return t.add(initiated), nil
}

// validChild is command_attr_validator.go, ValidateStartChildExecutionAttributes.
func (t *taking) validChild(a *commandpb.StartChildWorkflowExecutionCommandAttributes) *Refusal {
	const (
		cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES
		on    = "on StartChildWorkflowExecutionCommand"
	)
	id, workflowType, namespace := a.GetWorkflowId(), a.GetWorkflowType().GetName(), a.GetNamespace()
	switch {
	case id == "":
		return refuse(cause, "Required field WorkflowId is not set %s. WorkflowType=%s Namespace=%s",
			on, workflowType, namespace)
	case workflowType == "":
		return refuse(cause, "Required field WorkflowType is not set %s. WorkflowId=%s Namespace=%s", on, id, namespace)
	case len(namespace) > valid.LongestID:
		return refuse(cause,
			"Namespace %s exceeds length limit. WorkflowId=%s WorkflowType=%s Namespace=%s Length=%d Limit=%d",
			on, id, workflowType, namespace, len(namespace), valid.LongestID)
	case len(id) > valid.LongestID:
		return refuse(cause,
			"WorkflowId %s exceeds length limit. WorkflowId=%s Length=%d Limit=%d WorkflowType=%s Namespace=%s",
			on, id, len(id), valid.LongestID, workflowType, namespace)
	case len(workflowType) > valid.LongestID:
		return refuse(cause,
			"WorkflowType %s exceeds length limit. WorkflowId=%s WorkflowType=%s Length=%d Limit=%d Namespace=%s",
			on, id, workflowType, len(workflowType), valid.LongestID, namespace)
	}
	of := ". WorkflowId=" + id + " WorkflowType=" + workflowType + " Namespace=" + namespace
	for _, timeout := range []timeout{
		{"WorkflowExecutionTimeout", a.GetWorkflowExecutionTimeout()},
		{"WorkflowRunTimeout", a.GetWorkflowRunTimeout()},
		{"WorkflowTaskTimeout", a.GetWorkflowTaskTimeout()},
	} {
		if err := valid.Duration(timeout.value); err != "" {
			return refuse(cause, "Invalid %s %s: %s%s", timeout.name, on, err, of)
		}
	}
	if err := valid.Retry(a.GetRetryPolicy()); err != "" {
		return refuse(cause, "invalid WorkflowRetryPolicy %s: %s%s", on, err, of)
	}
	if err := validAttributes(a.GetSearchAttributes()); err != "" {
		return refuse(enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES,
			"invalid SearchAttributes on StartChildWorkflowCommand: %s%s", err, of)
	}
	if err := valid.Priority(a.GetPriority()); err != "" {
		return refuse(cause, "%s", err)
	}
	if a.TaskQueue == nil {
		a.TaskQueue = &taskqueuepb.TaskQueue{Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
	}
	if err := valid.Queue(a.GetTaskQueue(), t.queue(), t.queue()); err != "" {
		return refuse(cause, "invalid TaskQueue %s: %s%s TaskQueue=%s", on, err, of, a.GetTaskQueue())
	}
	return nil
}

// namespaceID is the ID that the history has for a namespace, empty if it has none.
func (t *taking) namespaceID(name string) string { return t.before.namespaces[name] }
