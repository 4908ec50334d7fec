package main

import (
	"fmt"
	"strings"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
)

const (
	badMarker     = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES
	badAttributes = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES
	badMemo       = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES
	badOperation  = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_NEXUS_OPERATION_ATTRIBUTES
	badCancelOp   = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_NEXUS_OPERATION_ATTRIBUTES
	terminated    = enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED
)

// half is more than half of what a memo or a payload may hold.
var half = payloadOf(strings.Repeat("x", 1100*1024))

func versionsOf(text string) map[string]*commonpb.Payload {
	p := payloadOf(text)
	p.Metadata["type"] = []byte("KeywordList")
	return map[string]*commonpb.Payload{"TemporalChangeVersion": p}
}

var propertyAnswers = []taken{
	{name: "marker", why: "plain",
		commands: []*commandpb.Command{headline(marker("Version", map[string]*commonpb.Payloads{
			"change-id": payloadsOf(`"a"`),
		}))}},
	{name: "marker without a name", why: "validator", commands: []*commandpb.Command{marker("", nil)},
		cause: badMarker},
	{name: "marker with a long name", why: "validator", commands: []*commandpb.Command{marker(long, nil)},
		cause: badMarker},
	{name: "marker without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_RECORD_MARKER)}, cause: badMarker},
	{name: "large marker", why: "the run is terminated",
		commands: []*commandpb.Command{marker("m", map[string]*commonpb.Payloads{"a": large})}, cause: badMarker,
		status: terminated},

	{name: "search attributes", why: "what GetVersion writes",
		commands: []*commandpb.Command{upsert(versionsOf(`["a-1"]`))}},
	{name: "search attributes unset", why: "as they are", commands: []*commandpb.Command{upsert(versionsOf(`[]`))}},
	{name: "no search attributes", why: "validator", commands: []*commandpb.Command{upsert(nil)},
		cause: badAttributes},
	{name: "search attributes without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)},
		cause:    badAttributes},
	{name: "search attribute of the service", why: "nobody sets it",
		commands: []*commandpb.Command{upsert(map[string]*commonpb.Payload{"WorkflowType": payloadOf(`"a"`)})},
		cause:    badAttributes},
	{name: "search attribute of the deployment", why: "nobody sets it",
		commands: []*commandpb.Command{upsert(map[string]*commonpb.Payload{"TemporalWorkerDeployment": payloadOf(`"a"`)})},
		cause:    badAttributes},
	{name: "large search attribute", why: "the run is terminated",
		commands: []*commandpb.Command{upsert(versionsOf(`["` + strings.Repeat("x", 2*1024) + `"]`))},
		cause:    badAttributes, status: terminated},
	{name: "search attributes of 2 KiB", why: "the largest",
		commands: []*commandpb.Command{upsert(versionsOf(`["` + strings.Repeat("x", 2*1024-4) + `"]`))}},

	{name: "memo", why: "plain",
		commands: []*commandpb.Command{headline(modify(map[string]*commonpb.Payload{
			"a": payloadOf("1"), "b": payloadOf("null"),
		}))}},
	{name: "memo of nothing", why: "validator", commands: []*commandpb.Command{modify(nil)}, cause: badMemo},
	{name: "memo without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES)}, cause: badMemo},
	{name: "memo that grows too large", why: "the old one counts",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"a": half}}
		}, commands: []*commandpb.Command{modify(map[string]*commonpb.Payload{"b": half})}, cause: badMemo,
		status: terminated},
	{name: "memo that is replaced", why: "what it replaces does not count",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"a": half}}
		}, commands: []*commandpb.Command{modify(map[string]*commonpb.Payload{"a": half})}},
	{name: "memo that grows in two steps", why: "the first one counts",
		before:   after(modify(map[string]*commonpb.Payload{"a": half})),
		commands: []*commandpb.Command{modify(map[string]*commonpb.Payload{"b": half})}, cause: badMemo,
		status: terminated},
}

type operationAttributes = commandpb.ScheduleNexusOperationCommandAttributes

// short makes an operation time out at once.
func short(a *operationAttributes) { a.ScheduleToCloseTimeout = seconds(1) }

func endOperation(a *answered) []*historypb.HistoryEvent {
	return a.arrived(enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT)
}

var operationAnswers = []taken{
	{name: "schedule", why: "headers become lower case",
		commands: []*commandpb.Command{headline(operation(func(a *operationAttributes) {
			a.NexusHeader = map[string]string{"Trace": "1"}
			a.ScheduleToCloseTimeout, a.ScheduleToStartTimeout, a.StartToCloseTimeout = seconds(60), seconds(70), seconds(80)
		}))}, follows: true},
	{name: "minimal", why: "nothing is filled in", commands: []*commandpb.Command{operation()}, follows: true},
	{name: "run timeout", why: "no operation may last longer than the run",
		start: func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.WorkflowRunTimeout = seconds(50)
		},
		commands: []*commandpb.Command{operation(func(a *operationAttributes) { a.StartToCloseTimeout = seconds(90) })},
		follows:  true},
	{name: "disallowed header", why: "validator",
		commands: []*commandpb.Command{operation(func(a *operationAttributes) {
			a.NexusHeader = map[string]string{"Request-Timeout": "1"}
		})}, cause: badOperation},
	{name: "large header", why: "validator", commands: []*commandpb.Command{operation(func(a *operationAttributes) {
		a.NexusHeader = map[string]string{"a": strings.Repeat("x", 8192)}
	})}, cause: badOperation},
	{name: "long service", why: "validator",
		commands: []*commandpb.Command{operation(func(a *operationAttributes) { a.Service = long })},
		cause:    badOperation},
	{name: "long operation", why: "validator",
		commands: []*commandpb.Command{operation(func(a *operationAttributes) { a.Operation = long })},
		cause:    badOperation},
	{name: "negative timeout", why: "validator",
		commands: []*commandpb.Command{operation(func(a *operationAttributes) { a.ScheduleToCloseTimeout = seconds(-1) })},
		cause:    badOperation},
	{name: "header for the system", why: "validator",
		commands: []*commandpb.Command{operation(func(a *operationAttributes) {
			a.Endpoint, a.NexusHeader = "__temporal_system", map[string]string{"a": "b"}
		})}, cause: badOperation},
	{name: "large input", why: "the run is terminated",
		commands: []*commandpb.Command{operation(func(a *operationAttributes) { a.Input = large.GetPayloads()[0] })},
		cause:    badOperation, status: terminated},
	{name: "too many", why: "30 at a time", commands: many(31, func(int) *commandpb.Command { return operation() }),
		cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_NEXUS_OPERATIONS_LIMIT_EXCEEDED},
	{name: "as many as may be", why: "30 at a time",
		commands: many(30, func(int) *commandpb.Command { return operation() }), follows: true},
	{name: "no attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION)}, cause: badOperation},
	{name: "cancel", why: "plain", before: after(operation()),
		commands: []*commandpb.Command{headline(cancelOperation(scheduled))}, follows: true},
	{name: "cancel in the same answer", why: "no rule against it",
		commands: []*commandpb.Command{operation(), cancelOperation(scheduled)}, follows: true},
	{name: "cancel twice", why: "once is enough",
		commands: []*commandpb.Command{operation(), cancelOperation(scheduled), cancelOperation(scheduled)},
		cause:    badCancelOp},
	{name: "cancel one that does not exist", why: "refused", commands: []*commandpb.Command{cancelOperation(1)},
		cause: badCancelOp},
	{name: "cancel one that has ended", why: "the code has seen it", before: func(a *answered) {
		a.wait(operation(short))
	}, commands: []*commandpb.Command{cancelOperation(scheduled)}, cause: badCancelOp},
	{name: "cancel one that ends meanwhile", why: "the code cannot know", before: after(operation(short)),
		meanwhile: endOperation, commands: []*commandpb.Command{cancelOperation(scheduled)}},
	{name: "cancel one that ends meanwhile twice", why: "the service does not mind", before: after(operation(short)),
		meanwhile: endOperation,
		commands:  []*commandpb.Command{cancelOperation(scheduled), cancelOperation(scheduled)}},
	{name: "too many have timed out", why: "the service never forgets them", before: func(a *answered) {
		a.wait(many(30, func(int) *commandpb.Command { return operation(short) })...)
		for timedOut := 0; timedOut < 30; {
			timedOut = 0
			for _, e := range a.history() {
				if e.GetEventType() == enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT {
					timedOut++
				}
			}
			if timedOut < 30 {
				a.wait()
			}
		}
	}, commands: []*commandpb.Command{operation()},
		cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_NEXUS_OPERATIONS_LIMIT_EXCEEDED},
	{name: "cancel without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_REQUEST_CANCEL_NEXUS_OPERATION)},
		cause:    badCancelOp},
}

var limitAnswers = []taken{
	{name: "activities", why: "2,000 may be pending",
		commands: many(2001, func(i int) *commandpb.Command { return schedule(fmt.Sprint(i)) }),
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED},
	{name: "children", why: "2,000 may be pending",
		commands: many(2001, func(i int) *commandpb.Command { return child(fmt.Sprint("limit-", i)) }),
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED},
	{name: "signals", why: "2,000 may be under way",
		commands: many(2001, func(int) *commandpb.Command { return signalTo("nobody", "s") }),
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_SIGNALS_LIMIT_EXCEEDED},
	{name: "cancel requests", why: "2,000 may be under way",
		commands: many(2001, func(int) *commandpb.Command { return cancelOf("nobody", "") }),
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED},
	{name: "events", why: "51,200 of them, and nothing of the answer stays",
		commands: many(51200, func(int) *commandpb.Command { return marker("m", nil) }),
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND, status: terminated},
	{name: "timers", why: "no limit",
		commands: many(2001, func(i int) *commandpb.Command { return timer(fmt.Sprint(i), seconds(3600)) })},
}
