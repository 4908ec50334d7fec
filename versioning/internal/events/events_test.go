package events_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// event reads an event from its JSON, with the attributes in the field of that name.
func event(t *testing.T, eventType enumspb.EventType, field, attributes string) *historypb.HistoryEvent {
	t.Helper()
	e := &historypb.HistoryEvent{}
	if field != "" {
		require.NoError(t, protojson.Unmarshal([]byte(`{"`+field+`EventAttributes": {`+attributes+`}}`), e))
	}
	e.EventType = eventType
	return e
}

// told is all that is told of an event.
type told struct {
	Describe, Name, Target, Incoming, ID string
	Task, Origin                         int64
	Command, Call, Cancel                bool
}

func TestEvents(t *testing.T) {
	t.Parallel()
	const inTask = `, "workflowTaskCompletedEventId": 4`
	for _, tt := range []struct {
		why               string
		eventType         enumspb.EventType
		field, attributes string
		want              told
	}{
		{"an activity is named by its type", enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
			"activityTaskScheduled", `"activityId": "5", "activityType": {"name": "Charge"}` + inTask,
			told{Describe: "ActivityTaskScheduled (Charge)", Name: "Charge", ID: "5", Task: 4, Command: true, Call: true}},
		{"its end follows from it", enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
			"activityTaskCompleted", `"scheduledEventId": 5`,
			told{Describe: "ActivityTaskCompleted", Origin: 5}},
		{"so is a Child Workflow, which has its ID from the code", enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
			"startChildWorkflowExecutionInitiated", `"workflowId": "ship-1", "workflowType": {"name": "Ship"}` + inTask,
			told{Describe: "StartChildWorkflowExecutionInitiated (Ship)", Name: "Ship", ID: "ship-1", Task: 4, Command: true, Call: true}},
		{"the service's answer says nothing with its task", enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED,
			"startChildWorkflowExecutionFailed", `"initiatedEventId": 5` + inTask,
			told{Describe: "StartChildWorkflowExecutionFailed", Origin: 5}},
		{"a timer has no name", enumspb.EVENT_TYPE_TIMER_STARTED,
			"timerStarted", `"timerId": "6"` + inTask,
			told{Describe: "TimerStarted (6)", ID: "6", Task: 4, Command: true, Call: true}},
		{"a context cancels it", enumspb.EVENT_TYPE_TIMER_CANCELED,
			"timerCanceled", `"timerId": "6"` + inTask,
			told{Describe: "TimerCanceled", Task: 4, Command: true, Cancel: true}},
		{"what a marker marks, its contents tell", enumspb.EVENT_TYPE_MARKER_RECORDED,
			"markerRecorded", `"markerName": "Version"` + inTask,
			told{Describe: "MarkerRecorded (Version)", Task: 4, Command: true, Call: true}},
		{"a signal goes to another execution", enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
			"signalExternalWorkflowExecutionInitiated", `"signalName": "paid", "workflowExecution": {"workflowId": "order-1"}` + inTask,
			told{Describe: "SignalExternalWorkflowExecutionInitiated (paid)", Name: "paid", Target: "order-1", Task: 4, Command: true, Call: true}},
		{"so does a request of the code to cancel", enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
			"requestCancelExternalWorkflowExecutionInitiated", `"control": "7", "workflowExecution": {"workflowId": "order-2"}` + inTask,
			told{Describe: "RequestCancelExternalWorkflowExecutionInitiated", Target: "order-2", Task: 4, Command: true, Call: true}},
		{"one without a control comes from a context: it is for a Child Workflow", enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
			"requestCancelExternalWorkflowExecutionInitiated", `"workflowExecution": {"workflowId": "ship-1"}` + inTask,
			told{Describe: "RequestCancelExternalWorkflowExecutionInitiated", Target: "ship-1", Task: 4, Command: true, Call: true, Cancel: true}},
		{"an operation has a name", enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
			"nexusOperationScheduled", `"operation": "refund"` + inTask,
			told{Describe: "NexusOperationScheduled (refund)", Name: "refund", Task: 4, Command: true, Call: true}},
		{"a signal comes in", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
			"workflowExecutionSignaled", `"signalName": "stop"`,
			told{Describe: "WorkflowExecutionSignaled", Incoming: "stop"}},
		{"an update comes in when a Worker accepts it", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
			"workflowExecutionUpdateAccepted", `"acceptedRequest": {"input": {"name": "add"}}`,
			told{Describe: "WorkflowExecutionUpdateAccepted", Incoming: "add", Command: true}},
		{"or when the service keeps it for the next run", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED,
			"workflowExecutionUpdateAdmitted", `"request": {"input": {"name": "add"}}`,
			told{Describe: "WorkflowExecutionUpdateAdmitted", Incoming: "add"}},
		{"the end of its handler names no task", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
			"workflowExecutionUpdateCompleted", `"acceptedEventId": 7`,
			told{Describe: "WorkflowExecutionUpdateCompleted", Origin: 7, Command: true, Call: true}},
		{"the return of the workflow function does", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
			"workflowExecutionFailed", `"workflowTaskCompletedEventId": 4`,
			told{Describe: "WorkflowExecutionFailed", Task: 4, Command: true, Call: true}},
		{"an event without attributes tells nothing", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, "", "",
			told{Describe: "WorkflowExecutionStarted"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			e := event(t, tt.eventType, tt.field, tt.attributes)
			got := told{
				Describe: events.Describe(e), Name: events.Name(e), Target: events.Target(e), Incoming: events.Incoming(e),
				Task: events.TaskOf(e), Origin: events.Origin(e),
				Command: events.FromCommand(e), Call: events.FromCall(e), Cancel: events.FromCancel(e),
			}
			got.ID, _ = events.CommandID(e)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCloses(t *testing.T) {
	t.Parallel()
	const next = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
	for _, tt := range []struct {
		why               string
		eventType         enumspb.EventType
		field, attributes string
		closes, byCode    bool
	}{
		{"the workflow function has returned", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, "", "", true, true},
		{"or given an error", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, "", "", true, true},
		{"or said that it was cancelled", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, "", "", true, true},
		{"the service has ended it", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, "", "", true, false},
		{"a person has", enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED, "", "", true, false},
		{"the code begins another run", next, "workflowExecutionContinuedAsNew", `"initiator": 1, "workflowTaskCompletedEventId": 4`, true, true},
		{"an older service does not say who began it", next, "workflowExecutionContinuedAsNew", "", true, true},
		{"a schedule begins it when the code has ended", next, "workflowExecutionContinuedAsNew", `"initiator": 3, "workflowTaskCompletedEventId": 4`, true, true},
		{"and when it was timed out, without the code", next, "workflowExecutionContinuedAsNew", `"initiator": 3, "workflowTaskCompletedEventId": -23`, true, false},
		{"it goes on", enumspb.EVENT_TYPE_TIMER_STARTED, "", "", false, false},
	} {
		e := event(t, tt.eventType, tt.field, tt.attributes)
		require.Equal(t, tt.closes, events.Closes(e), tt.why)
		require.Equal(t, tt.byCode, events.ClosedByCode(e), tt.why)
		require.Equal(t, tt.byCode || !tt.closes, events.FromCommand(e), tt.why)
	}
}

func TestByID(t *testing.T) {
	t.Parallel()
	history := []*historypb.HistoryEvent{
		{EventId: 1, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED},
		{EventId: 2, EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED},
		{EventId: 3, EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED},
		{EventId: 4, EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED},
	}
	require.Equal(t, int64(3), events.Completion(history, 2).GetEventId(), "the task was completed")
	require.Equal(t, int64(4), events.Completion(history, 4).GetEventId(), "and this one not yet")
	require.Nil(t, events.ByID(history, 0), "IDs count from 1")
	require.Nil(t, events.ByID(history, 5), "the history ends before")
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	e := event(t, enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, "activityTaskScheduled", `"activityId": "5"`)
	got, ok := events.Attributes(e).Interface().(*historypb.ActivityTaskScheduledEventAttributes)
	require.True(t, ok)
	require.Equal(t, "5", got.GetActivityId())
	require.False(t, events.Attributes(&historypb.HistoryEvent{}).IsValid(), "it has none")
}
