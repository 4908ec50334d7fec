package main

import (
	"github.com/stretchr/testify/require"
	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
)

type (
	childAttributes  = commandpb.StartChildWorkflowExecutionCommandAttributes
	cancelAttributes = commandpb.RequestCancelExternalWorkflowExecutionCommandAttributes
	signalAttributes = commandpb.SignalExternalWorkflowExecutionCommandAttributes
)

const (
	badChild  = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES
	badSignal = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES
	badCancel = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES
)

var childAnswers = []taken{
	{name: "minimal", why: "the service fills in namespace, timeouts and policies",
		commands: []*commandpb.Command{child("child-minimal")}, follows: true},
	{name: "no task queue", why: "it is that of the parent",
		commands: []*commandpb.Command{child("child-queue", func(a *childAttributes) { a.TaskQueue = nil })},
		follows:  true},
	{name: "all attributes", why: "nothing is lost",
		commands: []*commandpb.Command{headline(child("child-all", func(a *childAttributes) {
			a.Namespace = DefaultNamespace
			a.Input = payloadsOf(`"input"`)
			a.Header = &commonpb.Header{Fields: map[string]*commonpb.Payload{"trace": payloadOf(`"1"`)}}
			a.WorkflowExecutionTimeout, a.WorkflowRunTimeout, a.WorkflowTaskTimeout = seconds(50), seconds(60), seconds(300)
			a.ParentClosePolicy = enumspb.PARENT_CLOSE_POLICY_ABANDON
			a.WorkflowIdReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE
			a.RetryPolicy = &commonpb.RetryPolicy{MaximumAttempts: 2}
			a.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"a": payloadOf("1"), "b": payloadOf("null")}}
			a.Priority = &commonpb.Priority{PriorityKey: 3}
			a.CronSchedule = "0 0 1 1 *"
		}))}, follows: true},
	{name: "memo of nothing", why: "empty values are left out",
		commands: []*commandpb.Command{child("child-memo", func(a *childAttributes) {
			a.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"b": payloadOf("null")}}
		})}, follows: true},
	{name: "ID in use", why: "no one looks: it fails later",
		commands: []*commandpb.Command{child("child-twice"), child("child-twice")}, follows: true},
	{name: "ends meanwhile", why: "its events come after those of the commands", before: func(a *answered) {
		a.goOn(child("child-ends", func(to *childAttributes) { to.TaskQueue = &taskqueuepb.TaskQueue{Name: "child-ends"} }))
	}, meanwhile: endChild, commands: []*commandpb.Command{timer("t", seconds(60))}},
	{name: "then cancel it", why: "not in one answer",
		commands: []*commandpb.Command{child("child-cancelled"), cancelOf("child-cancelled", "")}, cause: badCancel},
	{name: "no ID", why: "validator", commands: []*commandpb.Command{child("")}, cause: badChild},
	{name: "no type", why: "validator",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) { a.WorkflowType = nil })},
		cause:    badChild},
	{name: "long ID", why: "validator", commands: []*commandpb.Command{child(long)}, cause: badChild},
	{name: "long type", why: "validator",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) { a.WorkflowType.Name = long })},
		cause:    badChild},
	{name: "negative timeout", why: "validator",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) { a.WorkflowTaskTimeout = seconds(-1) })},
		cause:    badChild},
	{name: "retry policy", why: "validator", commands: []*commandpb.Command{child("x", func(a *childAttributes) {
		a.RetryPolicy = &commonpb.RetryPolicy{MaximumAttempts: -1}
	})}, cause: badChild},
	{name: "priority", why: "validator", commands: []*commandpb.Command{child("x", func(a *childAttributes) {
		a.Priority = &commonpb.Priority{FairnessWeight: -1}
	})}, cause: badChild},
	{name: "search attribute of the service", why: "nobody sets it",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) {
			a.SearchAttributes = &commonpb.SearchAttributes{
				IndexedFields: map[string]*commonpb.Payload{"TaskQueue": payloadOf(`"a"`)},
			}
		})}, cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES},
	{name: "task queue of the service", why: "validator",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) {
			a.Namespace, a.TaskQueue = DefaultNamespace, &taskqueuepb.TaskQueue{Name: long}
		})}, cause: badChild},
	{name: "pinned nowhere", why: "validator", commands: []*commandpb.Command{child("x", func(a *childAttributes) {
		a.VersioningOverride = &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_Pinned{
			Pinned: &workflowpb.VersioningOverride_PinnedOverride{}}}
	})}, cause: badChild},
	{name: "pinned as older SDKs say it", why: "the service says it in its own way",
		commands: []*commandpb.Command{child("child-pinned", func(a *childAttributes) {
			a.VersioningOverride = &workflowpb.VersioningOverride{
				Behavior: enumspb.VERSIONING_BEHAVIOR_PINNED, PinnedVersion: "deployment.build"}
		})}, follows: true},
	{name: "pinned", why: "as it is",
		commands: []*commandpb.Command{child("child-pinned-too", func(a *childAttributes) {
			a.VersioningOverride = &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_Pinned{
				Pinned: &workflowpb.VersioningOverride_PinnedOverride{
					Behavior: workflowpb.VersioningOverride_PINNED_OVERRIDE_BEHAVIOR_PINNED,
					Version:  &deploymentpb.WorkerDeploymentVersion{DeploymentName: "deployment", BuildId: "build"},
				}}}
		})}, follows: true},
	{name: "large input", why: "the run is terminated",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) { a.Input = large })},
		cause:    badChild, status: enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED},
	{name: "large memo", why: "the run is terminated",
		commands: []*commandpb.Command{child("x", func(a *childAttributes) {
			a.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"a": large.GetPayloads()[0]}}
		})}, cause: badChild, status: enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED},
	{name: "no attributes", why: "the handler of the service panics",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION)}, fails: true},
}

var externalAnswers = []taken{
	{name: "signal to itself", why: "no rule against it",
		commands: []*commandpb.Command{headline(signalTo("TestAccept-external-signal_to_itself", "s"))},
		follows:  true},
	{name: "signal to nobody", why: "it fails later", commands: []*commandpb.Command{signalTo("nobody", "s")},
		follows: true},
	{name: "signal again", why: "no rule against it",
		commands: []*commandpb.Command{signalTo("nobody", "s"), signalTo("nobody", "s")}, follows: true},
	{name: "signal without a name", why: "validator", commands: []*commandpb.Command{signalTo("x", "")},
		cause: badSignal},
	{name: "signal without an ID", why: "validator", commands: []*commandpb.Command{signalTo("", "s")},
		cause: badSignal},
	{name: "signal with a long ID", why: "validator", commands: []*commandpb.Command{signalTo(long, "s")},
		cause: badSignal},
	{name: "signal to no execution", why: "validator",
		commands: []*commandpb.Command{signalTo("x", "s", func(a *signalAttributes) { a.Execution = nil })},
		cause:    badSignal},
	{name: "signal to no run", why: "validator",
		commands: []*commandpb.Command{signalTo("x", "s", func(a *signalAttributes) { a.Execution.RunId = "1" })},
		cause:    badSignal},
	{name: "signal with a large input", why: "the run is terminated",
		commands: []*commandpb.Command{signalTo("x", "s", func(a *signalAttributes) { a.Input = large })},
		cause:    badSignal, status: enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED},
	{name: "signal without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION)},
		cause:    badSignal},
	{name: "cancel itself", why: "no rule against it",
		commands: []*commandpb.Command{cancelOf("TestAccept-external-cancel_itself", "")}, follows: true},
	{name: "cancel nobody", why: "it fails later",
		commands: []*commandpb.Command{cancelOf("nobody", "00000000-0000-4000-8000-00000000000a")}, follows: true},
	{name: "cancel without an ID", why: "validator", commands: []*commandpb.Command{cancelOf("", "")},
		cause: badCancel},
	{name: "cancel with a long ID", why: "validator", commands: []*commandpb.Command{cancelOf(long, "")},
		cause: badCancel},
	{name: "cancel no run", why: "validator",
		commands: []*commandpb.Command{cancelOf("x", "00000000-0000-4000-8000-00000000000g")}, cause: badCancel},
	{name: "cancel a run without hyphens", why: "the service takes it",
		commands: []*commandpb.Command{cancelOf("nobody", "0000000000004000800000000000000a")}, follows: true},
	{name: "cancel without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION)},
		cause:    badCancel},
}

// endChild runs a child while the Worker of its parent has the task.
func endChild(a *answered) []*historypb.HistoryEvent {
	task := a.taskOf(&taskqueuepb.TaskQueue{Name: "child-ends"})
	_, err := a.service.RespondWorkflowTaskCompleted(a.Context(), &workflowservice.RespondWorkflowTaskCompletedRequest{
		Namespace: a.namespace, TaskToken: task.GetTaskToken(), Identity: byHand,
		Commands: []*commandpb.Command{complete(nil)},
	})
	require.NoError(a, err)
	return a.arrived(enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED)
}
