package events_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// event returns one of that type, with attributes in JSON.
func event(t *testing.T, eventType, attributes string) *historypb.HistoryEvent {
	t.Helper()
	e := &historypb.HistoryEvent{}
	if attributes != "" {
		field := strings.ToLower(eventType[:1]) + eventType[1:] + "EventAttributes"
		require.NoError(t, protojson.Unmarshal([]byte(`{"`+field+`": {`+attributes+`}}`), e))
	}
	var err error
	e.EventType, err = enumspb.EventTypeFromString(eventType)
	require.NoError(t, err)
	return e
}

// told is what is told of an event beside its type. About is what Describe has in brackets,
// From where it comes from.
type told struct {
	About, Name, Target, Incoming, ID string
	Task, Origin                      int64
	From                              string
}

func from(e *historypb.HistoryEvent) string {
	var words []string
	for _, is := range []struct {
		word string
		yes  bool
	}{{"command", events.FromCommand(e)}, {"call", events.FromCall(e)}, {"cancel", events.FromCancel(e)}} {
		if is.yes {
			words = append(words, is.word)
		}
	}
	return strings.Join(words, " ")
}

func TestEvents(t *testing.T) {
	t.Parallel()
	const inTask = `, "workflowTaskCompletedEventId": 4`
	for _, tt := range []struct {
		eventType, attributes string
		want                  told
		why                   string
	}{
		{"ActivityTaskScheduled", `"activityId": "5", "activityType": {"name": "Charge"}` + inTask,
			told{About: "Charge", Name: "Charge", ID: "5", Task: 4, From: "command call"},
			"an activity is named by its type"},
		{"ActivityTaskCompleted", `"scheduledEventId": 5`, told{Origin: 5}, "its end follows from it"},
		{"StartChildWorkflowExecutionInitiated", `"workflowId": "ship-1", "workflowType": {"name": "Ship"}` + inTask,
			told{About: "Ship", Name: "Ship", ID: "ship-1", Task: 4, From: "command call"},
			"so is a Child Workflow, which has its ID from the code"},
		{"StartChildWorkflowExecutionFailed", `"initiatedEventId": 5` + inTask, told{Origin: 5},
			"the service's answer says nothing with its task"},
		{"TimerStarted", `"timerId": "6"` + inTask, told{About: "6", ID: "6", Task: 4, From: "command call"},
			"a timer has no name"},
		{"TimerCanceled", `"timerId": "6"` + inTask, told{Task: 4, From: "command cancel"}, "a context cancels it"},
		{"MarkerRecorded", `"markerName": "Version"` + inTask, told{About: "Version", Task: 4, From: "command call"},
			"what a marker marks, its contents tell"},
		{"SignalExternalWorkflowExecutionInitiated",
			`"signalName": "paid", "workflowExecution": {"workflowId": "order-1"}` + inTask,
			told{About: "paid", Name: "paid", Target: "order-1", Task: 4, From: "command call"},
			"a signal goes to another execution"},
		{"RequestCancelExternalWorkflowExecutionInitiated",
			`"control": "7", "workflowExecution": {"workflowId": "order-2"}` + inTask,
			told{Target: "order-2", Task: 4, From: "command call"}, "so does a request of the code to cancel"},
		{"RequestCancelExternalWorkflowExecutionInitiated", `"workflowExecution": {"workflowId": "ship-1"}` + inTask,
			told{Target: "ship-1", Task: 4, From: "command call cancel"},
			"one without a control comes from a context: it is for a Child Workflow"},
		{"NexusOperationScheduled", `"operation": "refund"` + inTask,
			told{About: "refund", Name: "refund", Task: 4, From: "command call"}, "an operation has a name"},
		{"WorkflowExecutionSignaled", `"signalName": "stop"`, told{Incoming: "stop"}, "a signal comes in"},
		{"WorkflowExecutionUpdateAccepted", `"acceptedRequest": {"input": {"name": "add"}}`,
			told{Incoming: "add", From: "command"}, "an update comes in when a Worker accepts it"},
		{"WorkflowExecutionUpdateAdmitted", `"request": {"input": {"name": "add"}}`, told{Incoming: "add"},
			"or when the service keeps it for the next run"},
		{"WorkflowExecutionUpdateCompleted", `"acceptedEventId": 7`, told{Origin: 7, From: "command call"},
			"the end of its handler names no task"},
		{"WorkflowExecutionFailed", `"workflowTaskCompletedEventId": 4`, told{Task: 4, From: "command call"},
			"the return of the workflow function does"},
		{"WorkflowExecutionStarted", "", told{}, "an event without attributes tells nothing"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			e := event(t, tt.eventType, tt.attributes)
			id, _ := events.CommandID(e)
			got := told{
				Name: events.Name(e), Target: events.Target(e), Incoming: events.Incoming(e), ID: id,
				Task: events.TaskOf(e), Origin: events.Origin(e), From: from(e),
			}
			if about, found := strings.CutPrefix(events.Describe(e), tt.eventType+" ("); found {
				got.About = strings.TrimSuffix(about, ")")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCloses(t *testing.T) {
	t.Parallel()
	const next = "WorkflowExecutionContinuedAsNew"
	for _, tt := range []struct {
		eventType, attributes string
		closes, byCode        bool
		why                   string
	}{
		{"WorkflowExecutionCompleted", "", true, true, "the workflow function has returned"},
		{"WorkflowExecutionFailed", "", true, true, "or given an error"},
		{"WorkflowExecutionCanceled", "", true, true, "or said that it was cancelled"},
		{"WorkflowExecutionTimedOut", "", true, false, "the service has ended it"},
		{"WorkflowExecutionTerminated", "", true, false, "a person has"},
		{next, `"initiator": 1, "workflowTaskCompletedEventId": 4`, true, true, "the code begins another run"},
		{next, "", true, true, "an older service does not say who began it"},
		{next, `"initiator": 3, "workflowTaskCompletedEventId": 4`, true, true,
			"a schedule begins it when the code has ended"},
		{next, `"initiator": 3, "workflowTaskCompletedEventId": -23`, true, false,
			"and when it was timed out, without the code"},
		{"TimerStarted", "", false, false, "it goes on"},
	} {
		e := event(t, tt.eventType, tt.attributes)
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
	e := event(t, "ActivityTaskScheduled", `"activityId": "5"`)
	got, ok := events.Attributes(e).Interface().(*historypb.ActivityTaskScheduledEventAttributes)
	require.True(t, ok)
	require.Equal(t, "5", got.GetActivityId())
	require.False(t, events.Attributes(&historypb.HistoryEvent{}).IsValid(), "it has none")
}
