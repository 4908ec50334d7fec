package main

import (
	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
)

type activityAttributes = commandpb.ScheduleActivityTaskCommandAttributes

const badActivity = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES

// scheduled is the event of the first command of the first Workflow Task.
const scheduled = 5

var activityAnswers = []taken{
	{name: "minimal", why: "the service fills in timeouts and a retry policy",
		commands: []*commandpb.Command{schedule("a")}},
	{name: "all attributes", why: "nothing is lost",
		commands: []*commandpb.Command{headline(schedule("a", func(a *activityAttributes) {
			a.Header = &commonpb.Header{Fields: map[string]*commonpb.Payload{"trace": payloadOf(`"1"`)}}
			a.Input = payloadsOf(`"input"`)
			a.ScheduleToCloseTimeout, a.ScheduleToStartTimeout, a.HeartbeatTimeout = seconds(30), seconds(40), seconds(90)
			a.RetryPolicy = &commonpb.RetryPolicy{
				MaximumAttempts: 3, InitialInterval: seconds(2), NonRetryableErrorTypes: []string{"TemporalTimeout:Heartbeat"},
			}
			a.Priority = &commonpb.Priority{PriorityKey: 2}
		}))}},
	{name: "run timeout", why: "no activity may last longer than the run",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.WorkflowRunTimeout = seconds(50)
		},
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.HeartbeatTimeout = seconds(70) })}},
	{name: "schedule to close alone", why: "the other timeouts come from it",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.StartToCloseTimeout, a.ScheduleToCloseTimeout = nil, seconds(30)
		})}},
	{name: "longer than a century", why: "the service cuts it",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.StartToCloseTimeout = seconds(200 * 365 * 24 * 3600)
		})}},
	{name: "fairness in the ID", why: "a Worker can put a key there",
		commands: []*commandpb.Command{schedule("x-temporal-internal-fairness-key[key:2.5]a")}},
	{name: "ID of a pending one", why: "the most frequent refusal", before: after(schedule("a")),
		commands: []*commandpb.Command{schedule("a")},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID},
	{name: "ID twice", why: "in one answer",
		commands: []*commandpb.Command{marker("m", nil), schedule("a"), schedule("a")},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID},
	{name: "ID of a finished one", why: "it is written again", before: finishActivity,
		commands: []*commandpb.Command{schedule("a")}},
	{name: "ID of a finished one with a close", why: "it is written again and does not run", before: finishActivity,
		commands: []*commandpb.Command{schedule("a"), complete(nil)},
		status:   enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED},
	{name: "no timeout", why: "one is needed",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.StartToCloseTimeout = nil })},
		cause:    badActivity},
	{name: "no ID", why: "validator", commands: []*commandpb.Command{schedule("")}, cause: badActivity},
	{name: "no type", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.ActivityType = nil })},
		cause:    badActivity},
	{name: "no task queue", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.TaskQueue = nil })},
		cause:    badActivity},
	{name: "task queue without a name", why: "it is not that of the workflow",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.TaskQueue = &taskqueuepb.TaskQueue{} })},
		cause:    badActivity},
	{name: "reserved task queue", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.TaskQueue.Name = "/_sys/a" })},
		cause:    badActivity},
	{name: "task queue of the service", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.TaskQueue.Name = "temporal-sys-per-ns-tq"
		})},
		cause: badActivity},
	{name: "long task queue", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.TaskQueue.Name = long })},
		cause:    badActivity},
	{name: "long ID", why: "validator", commands: []*commandpb.Command{schedule(long)}, cause: badActivity},
	{name: "long type", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.ActivityType.Name = long })},
		cause:    badActivity},
	{name: "negative timeout", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.HeartbeatTimeout = seconds(-1) })},
		cause:    badActivity},
	{name: "retry policy", why: "the interval must not shrink",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.RetryPolicy = &commonpb.RetryPolicy{BackoffCoefficient: 0.5}
		})}, cause: badActivity},
	{name: "retry policy of one attempt", why: "nobody looks at the rest of it",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.RetryPolicy = &commonpb.RetryPolicy{BackoffCoefficient: 0.5, MaximumAttempts: 1}
		})}},
	{name: "unknown timeout in a retry policy", why: "validator",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.RetryPolicy = &commonpb.RetryPolicy{NonRetryableErrorTypes: []string{"TemporalTimeout:Coffee"}}
		})}, cause: badActivity},
	{name: "priority", why: "validator", commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
		a.Priority = &commonpb.Priority{PriorityKey: -1}
	})}, cause: badActivity},
	{name: "no attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK)}, cause: badActivity},
	{name: "other queue for the build", why: "an older kind of versioning does not allow it",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) {
			a.UseWorkflowBuildId = true
		})}, cause: badActivity},
	{name: "large input", why: "the run is terminated",
		commands: []*commandpb.Command{schedule("a", func(a *activityAttributes) { a.Input = large })},
		cause:    badActivity, status: enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED},

	{name: "cancel in the same answer", why: "no Worker has it: it is cancelled at once",
		commands: []*commandpb.Command{schedule("a"), cancelActivity(scheduled), timer("t", seconds(60))}},
	{name: "cancel twice in the same answer", why: "the second finds one that has just ended",
		commands: []*commandpb.Command{schedule("a"), cancelActivity(scheduled), cancelActivity(scheduled)}},
	{name: "cancel and close", why: "its end is dropped",
		commands: []*commandpb.Command{schedule("a"), cancelActivity(scheduled), complete(nil)},
		status:   enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED},
	{name: "cancel and schedule again", why: "the ID is free",
		commands: []*commandpb.Command{schedule("a"), cancelActivity(scheduled), schedule("a")}},
	{name: "cancel before it begins", why: "it is cancelled at once", before: after(schedule("a")), notBegun: true,
		commands: []*commandpb.Command{headline(cancelActivity(scheduled))}},
	{name: "cancel one that runs", why: "its Worker is told later", before: runActivity,
		commands: []*commandpb.Command{cancelActivity(scheduled)}},
	{name: "cancel one that runs twice", why: "once is enough", before: runActivity,
		commands: []*commandpb.Command{cancelActivity(scheduled), cancelActivity(scheduled)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES},
	{name: "cancel one that does not exist", why: "event 1", commands: []*commandpb.Command{cancelActivity(1)},
		cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES},
	{name: "cancel nothing", why: "validator", commands: []*commandpb.Command{cancelActivity(0)},
		cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES},
	{name: "cancel without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES},
	{name: "cancel a finished one", why: "the code has seen its end", before: finishActivity,
		commands: []*commandpb.Command{cancelActivity(scheduled)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES},
	{name: "cancel one that ends meanwhile", why: "the code cannot know", before: runActivity,
		meanwhile: endMeanwhile, commands: []*commandpb.Command{cancelActivity(scheduled)}},
	{name: "ends meanwhile", why: "its events come after those of the commands", before: runActivity,
		meanwhile: endMeanwhile, commands: []*commandpb.Command{timer("t", seconds(60))}},
	{name: "ends meanwhile and is scheduled again", why: "the ID is free", before: runActivity,
		meanwhile: endMeanwhile, commands: []*commandpb.Command{schedule("a")}},
	{name: "refused while one ends", why: "what has arrived stays", before: runActivity, meanwhile: endMeanwhile,
		commands: []*commandpb.Command{complete(nil)},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND},
	{name: "terminated while one ends", why: "what has arrived comes before", before: runActivity,
		meanwhile: endMeanwhile,
		commands:  []*commandpb.Command{schedule("b", func(a *activityAttributes) { a.Input = large })},
		cause:     badActivity, status: enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED},
}

// runActivity schedules an activity, lets it begin, and takes another task.
func runActivity(a *answered) {
	a.goOn(schedule("a", func(to *activityAttributes) { to.TaskQueue = a.queue() }))
	a.beginActivity()
}

// finishActivity takes the task that comes with the end of an activity.
func finishActivity(a *answered) {
	_, err := a.service.RespondWorkflowTaskCompleted(a.Context(),
		a.request(schedule("a", func(to *activityAttributes) { to.TaskQueue = a.queue() })))
	if err != nil {
		a.Fatal(err)
	}
	a.beginActivity()
	a.endActivity()
	a.poll()
}

// endMeanwhile ends the activity while the Worker has the task.
func endMeanwhile(a *answered) []*historypb.HistoryEvent {
	a.endActivity()
	return a.arrived(enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
}
