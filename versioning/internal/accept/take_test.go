package accept_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/temporalproto"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
)

const (
	begin = `{"eventId": 1, "eventType": "WorkflowExecutionStarted", "workflowExecutionStartedEventAttributes":
	 {"workflowType": {"name": "w"}, "taskQueue": {"name": "q"}}},`
	firstTask = begin + `
	{"eventId": 2, "eventType": "WorkflowTaskScheduled", "workflowTaskScheduledEventAttributes": {"attempt": 1}},
	{"eventId": 3, "eventType": "WorkflowTaskStarted", "workflowTaskStartedEventAttributes": {"scheduledEventId": 2}}`
	// afterActivity ends with a second task, with an activity of the first one pending.
	afterActivity = firstTask + `,
	{"eventId": 4, "eventType": "WorkflowTaskCompleted", "workflowTaskCompletedEventAttributes": {"startedEventId": 3}},
	{"eventId": 5, "eventType": "ActivityTaskScheduled", "activityTaskScheduledEventAttributes": {"activityId": "a"}},
	{"eventId": 6, "eventType": "WorkflowTaskScheduled", "workflowTaskScheduledEventAttributes": {"attempt": 1}},
	{"eventId": 7, "eventType": "WorkflowTaskStarted", "workflowTaskStartedEventAttributes": {"scheduledEventId": 6}}`
	// admitted has an update that a reset has brought along.
	admitted = begin + `
	{"eventId": 2, "eventType": "WorkflowExecutionUpdateAdmitted", "workflowExecutionUpdateAdmittedEventAttributes":
	 {"request": {"meta": {"updateId": "u"}}}},
	{"eventId": 3, "eventType": "WorkflowTaskScheduled", "workflowTaskScheduledEventAttributes": {"attempt": 1}},
	{"eventId": 4, "eventType": "WorkflowTaskStarted", "workflowTaskStartedEventAttributes": {"scheduledEventId": 3}}`
)

func parsed(t *testing.T, text string) []*historypb.HistoryEvent {
	t.Helper()
	h := new(historypb.History)
	require.NoError(t, temporalproto.CustomJSONUnmarshalOptions{}.Unmarshal([]byte(`{"events": [`+text+`]}`), h))
	return h.GetEvents()
}

func answerWith(attributes ...proto.Message) *workflowservice.RespondWorkflowTaskCompletedRequest {
	answer := &workflowservice.RespondWorkflowTaskCompletedRequest{}
	for _, a := range attributes {
		answer.Commands = append(answer.Commands, command(a))
	}
	return answer
}

func activity(id string) *commandpb.ScheduleActivityTaskCommandAttributes {
	return &commandpb.ScheduleActivityTaskCommandAttributes{
		ActivityId: id, ActivityType: &commonpb.ActivityType{Name: "Charge"},
		TaskQueue: &taskqueuepb.TaskQueue{Name: "q"}, StartToCloseTimeout: durationpb.New(time.Minute),
	}
}

func message(id, update string, body proto.Message) *protocolpb.Message {
	m := &protocolpb.Message{Id: id, ProtocolInstanceId: update}
	m.Body, _ = anypb.New(body)
	return m
}

func delivered(ids ...string) (all []*protocolpb.Message) {
	for _, id := range ids {
		all = append(all, message(id+"/request", id, &updatepb.Request{
			Meta: &updatepb.Meta{UpdateId: id}, Input: &updatepb.Input{Name: "approve"},
		}))
	}
	return all
}

// TestTake is about what a service does not show, and about what only a caller knows. What services
// do is tested against one, in versioning/devserver.
func TestTake(t *testing.T) {
	t.Parallel()
	accepting := message("a", "u", &updatepb.Acceptance{
		AcceptedRequestMessageId: "u/request", AcceptedRequestSequencingEventId: 3,
	})
	rejecting := message("r", "u", &updatepb.Rejection{})
	says := func(m *protocolpb.Message) *workflowservice.RespondWorkflowTaskCompletedRequest {
		return &workflowservice.RespondWorkflowTaskCompletedRequest{Messages: []*protocolpb.Message{m}}
	}
	capable := says(rejecting)
	capable.Capabilities = &workflowservice.RespondWorkflowTaskCompletedRequest_Capabilities{
		DiscardSpeculativeWorkflowTaskWithEvents: true,
	}
	for _, tt := range []struct {
		name, why string
		history   string
		answer    *workflowservice.RespondWorkflowTaskCompletedRequest
		c         accept.Circumstances
		want      string
	}{
		{"no task", "the history does not end with one", begin + `{"eventId": 2, "eventType": "WorkflowTaskScheduled"}`,
			answerWith(), accept.Circumstances{}, "Running, refused: Workflow task not found."},
		{"cancel an activity of before", "it may run: nothing is made up", afterActivity,
			answerWith(&commandpb.RequestCancelActivityTaskCommandAttributes{ScheduledEventId: 5}), accept.Circumstances{},
			"8 WorkflowTaskCompleted, 9 ActivityTaskCancelRequested, Running"},
		{"cancel an activity that no Worker has", "the caller knows", afterActivity,
			answerWith(&commandpb.RequestCancelActivityTaskCommandAttributes{ScheduledEventId: 5}),
			accept.Circumstances{ActivityStarted: func(id int64) bool { return id != 5 }},
			"8 WorkflowTaskCompleted, 9 ActivityTaskCancelRequested, 10 ActivityTaskCanceled, Running, next task"},
		{"accept an admitted update", "its request is in the event that admitted it", admitted,
			says(accepting),
			accept.Circumstances{}, "5 WorkflowTaskCompleted, 6 WorkflowExecutionUpdateAccepted, Running"},
		{"say nothing about updates", "in the order in which they came", admitted, answerWith(),
			accept.Circumstances{Delivered: delivered("x", "b")}, "5 WorkflowTaskCompleted, Running, unanswered u, x, b"},
		{"heartbeat with an update", "the Worker may answer it later", admitted,
			&workflowservice.RespondWorkflowTaskCompletedRequest{ForceCreateNewWorkflowTask: true},
			accept.Circumstances{}, "5 WorkflowTaskCompleted, Running, next task"},
		{"reject in a task of its own", "the task is thrown away", firstTask,
			capable,
			accept.Circumstances{Speculative: true, Delivered: delivered("u")}, "Running, discarded"},
		{"reject in a task of another", "the task is written", firstTask,
			capable,
			accept.Circumstances{Delivered: delivered("u")}, "4 WorkflowTaskCompleted, Running"},
		{"reject after events, as an older SDK", "it would not take them twice", afterActivity,
			says(rejecting),
			accept.Circumstances{Speculative: true, Delivered: delivered("u")}, "8 WorkflowTaskCompleted, Running"},
		{"reject after events", "it takes them twice", afterActivity,
			capable,
			accept.Circumstances{Speculative: true, Delivered: delivered("u")}, "Running, discarded"},
		{"too many search attributes", "100 at a time", firstTask,
			answerWith(&commandpb.UpsertWorkflowSearchAttributesCommandAttributes{SearchAttributes: attributes(101, 1)}),
			accept.Circumstances{}, "4 WorkflowTaskFailed, Running, next task, refused: " +
				"BadSearchAttributes: number of search attributes 101 exceeds limit 100"},
		{"search attributes that are too large together", "40 KiB", firstTask,
			answerWith(&commandpb.UpsertWorkflowSearchAttributesCommandAttributes{SearchAttributes: attributes(20, 1024)},
				&commandpb.UpsertWorkflowSearchAttributesCommandAttributes{SearchAttributes: attributes(30, 2048)}),
			accept.Circumstances{}, "4 WorkflowTaskFailed, 5 WorkflowExecutionTerminated, Terminated, refused: " +
				"BadSearchAttributes: total size of search attributes 61890 exceeds size limit 40960"},
		{"retry", "the run expires before", begin[:len(begin)-3] + `, "attempt": 3, "retryPolicy": {"initialInterval": "10s",
			"backoffCoefficient": 2}, "workflowExecutionExpirationTime": "2026-01-01T00:00:39Z"}},` + firstTask[len(begin):],
			answerWith(&commandpb.FailWorkflowExecutionCommandAttributes{Failure: failure}),
			accept.Circumstances{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
			"4 WorkflowTaskCompleted, 5 WorkflowExecutionFailed, Failed"},
		{"retry in time", "40 seconds after the third attempt", begin[:len(begin)-3] + `, "attempt": 3, "retryPolicy":
			{"initialInterval": "10s", "backoffCoefficient": 2}, "workflowExecutionExpirationTime": "2026-01-01T00:00:40Z"}},` +
			firstTask[len(begin):], answerWith(&commandpb.FailWorkflowExecutionCommandAttributes{Failure: failure}),
			accept.Circumstances{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
			"4 WorkflowTaskCompleted, 5 WorkflowExecutionFailed, Failed, new run"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			outcome := accept.Take(parsed(t, tt.history), tt.answer, tt.c)
			require.Empty(t, cmp.Diff(tt.want, text(outcome)), tt.why)
		})
	}
}

// TestRefusal says which command is refused.
func TestRefusal(t *testing.T) {
	t.Parallel()
	history := parsed(t, afterActivity)
	outcome := accept.Take(history, answerWith(activity("b"), activity("a"), activity("c")), accept.Circumstances{})
	want := &accept.Refusal{
		Cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID, Command: 1,
		Message: "ScheduleActivityDuplicateId: invalid history builder state for action: " +
			"add-activitytask-scheduled-event, ActivityID: a",
	}
	require.Equal(t, want, outcome.Refused)
	require.EqualError(t, outcome.Refused, want.Message)
	outcome = accept.Take(history, &workflowservice.RespondWorkflowTaskCompletedRequest{
		Messages: []*protocolpb.Message{message("a", "u", &updatepb.Response{})},
	}, accept.Circumstances{})
	require.Equal(t, -1, outcome.Refused.Command, "a message is no command")
}

// TestNothingIsShared writes into an outcome: what was given stays as it is.
func TestNothingIsShared(t *testing.T) {
	t.Parallel()
	history := parsed(t, firstTask)
	scheduled := activity("a")
	scheduled.Input = &commonpb.Payloads{Payloads: []*commonpb.Payload{{Data: []byte("input")}}}
	answer := answerWith(scheduled)
	updates := delivered("u")
	answer.Messages = []*protocolpb.Message{message("a", "u", &updatepb.Acceptance{
		AcceptedRequestMessageId: "u/request", AcceptedRequestSequencingEventId: 2})}
	signal := &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED}
	c := accept.Circumstances{Delivered: updates, Arrived: []*historypb.HistoryEvent{signal}}
	kept := proto.CloneOf(answer)

	outcome := accept.Take(history, answer, c)
	require.Equal(t, "4 WorkflowTaskCompleted, 5 ActivityTaskScheduled, 6 WorkflowExecutionUpdateAccepted, "+
		"7 WorkflowExecutionSignaled, Running, next task", text(outcome))
	outcome.Events[1].GetActivityTaskScheduledEventAttributes().GetInput().GetPayloads()[0].Data[0] = 'x'
	outcome.Events[2].GetWorkflowExecutionUpdateAcceptedEventAttributes().GetAcceptedRequest().GetInput().Name = "x"
	require.True(t, proto.Equal(kept, answer))
	require.True(t, proto.Equal(delivered("u")[0], updates[0]))
	require.Zero(t, signal.GetEventId())
}

var failure = &failurepb.Failure{Message: "no stock"}

// attributes are as many search attributes of that size.
func attributes(n, size int) *commonpb.SearchAttributes {
	fields := map[string]*commonpb.Payload{}
	for i := range n {
		fields[fmt.Sprintf("a%03d", i)] = &commonpb.Payload{Data: []byte(strings.Repeat("x", size))}
	}
	return &commonpb.SearchAttributes{IndexedFields: fields}
}

// text says an outcome in one line.
func text(o accept.Outcome) string {
	var parts []string
	for _, e := range o.Events {
		parts = append(parts, fmt.Sprint(e.GetEventId(), " ", e.GetEventType()))
	}
	parts = append(parts, o.Status.String())
	if o.NewRunID != "" {
		parts = append(parts, "new run")
	}
	if o.NextTask {
		parts = append(parts, "next task")
	}
	if o.Discarded {
		parts = append(parts, "discarded")
	}
	if len(o.Unanswered) > 0 {
		parts = append(parts, "unanswered "+strings.Join(o.Unanswered, ", "))
	}
	if o.Refused != nil {
		parts = append(parts, "refused: "+o.Refused.Message)
	}
	return strings.Join(parts, ", ")
}
