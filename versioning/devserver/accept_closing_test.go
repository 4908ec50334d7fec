package main

import (
	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
)

type continuedAttributes = commandpb.ContinueAsNewWorkflowExecutionCommandAttributes

const (
	badContinue = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES
	unhandled   = enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND
	isCompleted = enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED
	isFailed    = enumspb.WORKFLOW_EXECUTION_STATUS_FAILED
	isCancelled = enumspb.WORKFLOW_EXECUTION_STATUS_CANCELED
	isContinued = enumspb.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW
)

func retrying(policy *commonpb.RetryPolicy) func(*workflowservice.StartWorkflowExecutionRequest) {
	return func(r *workflowservice.StartWorkflowExecutionRequest) { r.RetryPolicy = policy }
}

var closingAnswers = []taken{
	{name: "complete", why: "plain", commands: []*commandpb.Command{headline(complete(payloadsOf(`"result"`)))},
		status: isCompleted},
	{name: "complete with work under way", why: "no rule against it",
		before: after(timer("t", seconds(60)), schedule("a")), commands: []*commandpb.Command{complete(nil)},
		status: isCompleted},
	{name: "complete without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES},
	{name: "large result", why: "the service names the cause of an activity",
		commands: []*commandpb.Command{complete(large)}, cause: badActivity, status: terminated},
	{name: "fail", why: "plain", commands: []*commandpb.Command{fail(application("OutOfStock", false))},
		status: isFailed},
	{name: "fail and try again", why: "another run follows", start: retrying(&commonpb.RetryPolicy{}),
		commands: []*commandpb.Command{fail(application("OutOfStock", false))}, status: isFailed},
	{name: "fail for the last time", why: "one attempt", start: retrying(&commonpb.RetryPolicy{MaximumAttempts: 1}),
		commands: []*commandpb.Command{fail(application("OutOfStock", false))}, status: isFailed},
	{name: "fail for good", why: "the failure says so", start: retrying(&commonpb.RetryPolicy{}),
		commands: []*commandpb.Command{fail(application("OutOfStock", true))}, status: isFailed},
	{name: "fail with a type that is not tried again", why: "the policy says so",
		start:    retrying(&commonpb.RetryPolicy{NonRetryableErrorTypes: []string{"OutOfStock"}}),
		commands: []*commandpb.Command{fail(application("OutOfStock", false))}, status: isFailed},
	{name: "fail too late", why: "the execution expires before",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.RetryPolicy = &commonpb.RetryPolicy{InitialInterval: seconds(600), MaximumInterval: seconds(600)}
			r.WorkflowExecutionTimeout = seconds(300)
		}, commands: []*commandpb.Command{fail(application("OutOfStock", false))}, status: isFailed},
	{name: "fail with a delay of its own", why: "it counts in place of the policy's",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.RetryPolicy, r.WorkflowExecutionTimeout = &commonpb.RetryPolicy{}, seconds(300)
		}, commands: []*commandpb.Command{fail(&failurepb.Failure{FailureInfo: &failurepb.Failure_ApplicationFailureInfo{
			ApplicationFailureInfo: &failurepb.ApplicationFailureInfo{NextRetryDelay: seconds(3)}}})}, status: isFailed},
	{name: "fail by a cancellation", why: "it is not tried again", start: retrying(&commonpb.RetryPolicy{}),
		commands: []*commandpb.Command{fail(&failurepb.Failure{FailureInfo: &failurepb.Failure_CanceledFailureInfo{
			CanceledFailureInfo: &failurepb.CanceledFailureInfo{}}})},
		status: isFailed},
	{name: "fail by a timeout", why: "that of a heartbeat is tried again", start: retrying(&commonpb.RetryPolicy{}),
		commands: []*commandpb.Command{fail(&failurepb.Failure{FailureInfo: &failurepb.Failure_TimeoutFailureInfo{
			TimeoutFailureInfo: &failurepb.TimeoutFailureInfo{TimeoutType: enumspb.TIMEOUT_TYPE_HEARTBEAT}}})},
		status: isFailed},
	{name: "fail with a cron schedule", why: "another run follows",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.CronSchedule = "@every 1s"
		}, commands: []*commandpb.Command{fail(application("OutOfStock", false))}, status: isFailed},
	{name: "complete with a cron schedule", why: "another run follows",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.CronSchedule = "@every 1s"
		}, commands: []*commandpb.Command{complete(nil)}, status: isCompleted},
	{name: "fail without a failure", why: "validator", commands: []*commandpb.Command{fail(nil)},
		cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES},
	{name: "fail without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES},
	{name: "large failure", why: "the run is terminated",
		commands: []*commandpb.Command{fail(&failurepb.Failure{EncodedAttributes: large.GetPayloads()[0]})},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES, status: terminated},
	{name: "cancel", why: "nobody has to have asked", commands: []*commandpb.Command{cancelled()},
		status: isCancelled},
	{name: "cancel without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES},

	{name: "continue", why: "type, queue and timeouts are those of the run",
		commands: []*commandpb.Command{continued()}, status: isContinued},
	{name: "continue with timeouts", why: "those of the run count",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.WorkflowExecutionTimeout, r.WorkflowRunTimeout, r.WorkflowTaskTimeout = seconds(600), seconds(300), seconds(20)
		}, commands: []*commandpb.Command{continued()}, status: isContinued},
	{name: "continue otherwise", why: "nothing is lost",
		commands: []*commandpb.Command{continued(func(a *continuedAttributes) {
			a.WorkflowType, a.TaskQueue = &commonpb.WorkflowType{Name: "other"}, &taskqueuepb.TaskQueue{Name: "other"}
			a.WorkflowRunTimeout, a.WorkflowTaskTimeout, a.BackoffStartInterval = seconds(50), seconds(200), seconds(10)
			a.Initiator = enumspb.CONTINUE_AS_NEW_INITIATOR_WORKFLOW
			a.LastCompletionResult = payloadsOf(`"last"`)
			a.Failure = application("OutOfStock", false)
			a.Header = &commonpb.Header{Fields: map[string]*commonpb.Payload{"trace": payloadOf(`"1"`)}}
			a.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"a": payloadOf("1"), "b": payloadOf("null")}}
			a.SearchAttributes = &commonpb.SearchAttributes{IndexedFields: versionsOf(`[]`)}
			a.RetryPolicy = &commonpb.RetryPolicy{MaximumAttempts: 3}
		})}, status: isContinued},
	{name: "continue with a long type", why: "validator",
		commands: []*commandpb.Command{continued(func(a *continuedAttributes) {
			a.WorkflowType = &commonpb.WorkflowType{Name: long}
		})},
		cause: badContinue},
	{name: "continue with a retry policy", why: "validator",
		commands: []*commandpb.Command{continued(func(a *continuedAttributes) {
			a.RetryPolicy = &commonpb.RetryPolicy{InitialInterval: seconds(-1)}
		})}, cause: badContinue},
	{name: "continue with a search attribute of the service", why: "nobody sets it",
		commands: []*commandpb.Command{continued(func(a *continuedAttributes) {
			a.SearchAttributes = &commonpb.SearchAttributes{
				IndexedFields: map[string]*commonpb.Payload{"RunId": payloadOf(`"a"`)},
			}
		})}, cause: badAttributes},
	{name: "continue without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION)},
		cause:    badContinue},
	{name: "continue with a large input", why: "the run is terminated",
		commands: []*commandpb.Command{continued(func(a *continuedAttributes) { a.Input = large })},
		cause:    badContinue, status: terminated},

	{name: "complete while a signal comes", why: "the code has not seen it", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{complete(nil)}, cause: unhandled},
	{name: "fail while a signal comes", why: "the code has not seen it", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{fail(application("a", true))}, cause: unhandled},
	{name: "cancel while a signal comes", why: "the code has not seen it", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{cancelled()}, cause: unhandled},
	{name: "continue while a signal comes", why: "the code has not seen it", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{continued()}, cause: unhandled},
	{name: "bad close while a signal comes", why: "the signal is looked at first", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{fail(nil)}, cause: unhandled},
	{name: "go on while a signal comes", why: "it comes after the commands", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{timer("t", seconds(60))}},
	{name: "refused while a signal comes", why: "it comes after the failure", meanwhile: signalMeanwhile,
		commands: []*commandpb.Command{cancelTimer("t")}, cause: badCancelTimer},
}

func deployedAs(mode enumspb.WorkerVersioningMode) *deploymentpb.WorkerDeploymentOptions {
	return &deploymentpb.WorkerDeploymentOptions{
		DeploymentName: "deployment", BuildId: "build", WorkerVersioningMode: mode,
	}
}

// again fails the first attempt of the task.
func again(a *answered) {
	if _, err := a.service.RespondWorkflowTaskCompleted(a.Context(), a.request(cancelTimer("t"))); err == nil {
		a.Fatal("the service takes it")
	}
	a.poll()
}

var requestAnswers = []taken{
	{name: "nothing", why: "the run waits"},
	{name: "heartbeat", why: "another task comes at once",
		answer: func(_ *answered, r *workflowservice.RespondWorkflowTaskCompletedRequest) {
			r.ForceCreateNewWorkflowTask = true
		}},
	{name: "metadata", why: "flags of the SDK are kept",
		answer: func(_ *answered, r *workflowservice.RespondWorkflowTaskCompletedRequest) {
			r.SdkMetadata = &sdkpb.WorkflowTaskCompletedMetadata{
				CoreUsedFlags: []uint32{1}, LangUsedFlags: []uint32{3, 4}, SdkName: "sdk", SdkVersion: "1.2.3",
			}
			r.MeteringMetadata = &commonpb.MeteringMetadata{NonfirstLocalActivityExecutionAttempts: 2}
			r.BinaryChecksum = "checksum"
		}},
	{name: "deployment without versioning", why: "its name is kept, its behaviour not",
		answer: func(_ *answered, r *workflowservice.RespondWorkflowTaskCompletedRequest) {
			r.DeploymentOptions = deployedAs(enumspb.WORKER_VERSIONING_MODE_UNVERSIONED)
		}},
	{name: "deployment", why: "its version is kept",
		answer: func(_ *answered, r *workflowservice.RespondWorkflowTaskCompletedRequest) {
			r.DeploymentOptions = deployedAs(enumspb.WORKER_VERSIONING_MODE_VERSIONED)
			r.VersioningBehavior = enumspb.VERSIONING_BEHAVIOR_AUTO_UPGRADE
		}, follows: true},
	{name: "behaviour without a deployment", why: "the request fails",
		answer: func(_ *answered, r *workflowservice.RespondWorkflowTaskCompletedRequest) {
			r.VersioningBehavior = enumspb.VERSIONING_BEHAVIOR_PINNED
		}, fails: true},
	{name: "after a close", why: "the request fails",
		commands: []*commandpb.Command{complete(nil), timer("t", seconds(60))}, fails: true},
	{name: "two closes", why: "the request fails",
		commands: []*commandpb.Command{marker("m", nil), complete(nil), fail(nil)}, fails: true},
	{name: "unknown command", why: "the request fails", commands: []*commandpb.Command{bare(99)}, fails: true},
	{name: "no command", why: "the request fails", commands: []*commandpb.Command{bare(0)}, fails: true},
	{name: "second attempt", why: "it is written as if it were the first", before: again,
		commands: []*commandpb.Command{timer("t", seconds(60))}},
	{name: "refused again", why: "nothing is written, and the task times out", before: again,
		commands: []*commandpb.Command{cancelTimer("t")}, cause: badCancelTimer, follows: true},
	{name: "large again", why: "a run is terminated on the first attempt alone", before: again,
		commands: []*commandpb.Command{complete(large)}, cause: badActivity, follows: true},
	{name: "closed again while a signal comes", why: "the signal is written without the task", before: again,
		meanwhile: signalMeanwhile, commands: []*commandpb.Command{complete(nil)}, cause: unhandled},
}

// signalMeanwhile sends a signal while the Worker has the task.
func signalMeanwhile(a *answered) []*historypb.HistoryEvent {
	a.signal("s")
	return a.arrived(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
}
