package history_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestEnumNames reads one event after the WorkflowTaskCompleted event with the ID 4, and gives what
// the SDK would.
func TestEnumNames(t *testing.T) {
	t.Parallel()
	const unknown = "; update go.temporal.io/sdk to a version that knows it"
	for _, tt := range []struct {
		name, event string
		want        func(*historypb.HistoryEvent) any
		value       any
		refused     string
		why         string
	}{
		{name: "accepted", event: `"eventType":"EVENT_TYPE_WORKFLOW_UPDATE_ACCEPTED","workflowUpdateAcceptedEventAttributes":{"protocolInstanceId":"u-1"}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetWorkflowExecutionUpdateAcceptedEventAttributes().GetProtocolInstanceId()
			},
			value: "u-1", why: "as go.temporal.io/api had it until 1.13"},
		{name: "accepted, short",
			event: `"eventType":"WorkflowUpdateAccepted","workflow_update_accepted_event_attributes":{"protocol_instance_id":"u-1"}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetWorkflowExecutionUpdateAcceptedEventAttributes().GetProtocolInstanceId()
			},
			value: "u-1", why: "the other spelling of names and fields"},
		{name: "completed", event: `"eventType":"EVENT_TYPE_WORKFLOW_UPDATE_COMPLETED","workflowUpdateCompletedEventAttributes":{"acceptedEventId":"-5"}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetWorkflowExecutionUpdateCompletedEventAttributes().GetAcceptedEventId()
			},
			value: int64(-5), why: "as above"},
		{name: "requested", event: `"eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REQUESTED","workflowExecutionUpdateRequestedEventAttributes":{"request":{"meta":{"updateId":"u-1"}},"origin":"UPDATE_REQUESTED_EVENT_ORIGIN_REAPPLY"}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetWorkflowExecutionUpdateAdmittedEventAttributes().GetRequest().GetMeta().GetUpdateId()
			},
			value: "u-1", why: "it is called admitted since 1.31; its origin is read by nobody"},
		{name: "without prefix", event: `"eventType":"TIMER_FIRED","timerFiredEventAttributes":{"timerId":"5"}`,
			want:  func(e *historypb.HistoryEvent) any { return e.GetEventType() },
			value: enumspb.EVENT_TYPE_TIMER_FIRED, why: "a converter that cuts prefixes off"},
		{name: "in lower case", event: `"eventType":"timer_fired","timerFiredEventAttributes":{"timerId":"5"}`,
			want:  func(e *historypb.HistoryEvent) any { return e.GetEventType() },
			value: enumspb.EVENT_TYPE_TIMER_FIRED, why: "as above"},
		{name: "retry status",
			event: `"eventType":"EVENT_TYPE_ACTIVITY_TASK_FAILED","activityTaskFailedEventAttributes":{"retryStatus":"RETRY_STATUS_TIMEOUT"}`,
			want:  func(e *historypb.HistoryEvent) any { return e.GetActivityTaskFailedEventAttributes().GetRetryState() }, value: enumspb.RETRY_STATE_TIMEOUT,
			why: "the enum and the field had another name before 1.0"},
		{name: "child exists",
			event: `"eventType":"EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED","startChildWorkflowExecutionFailedEventAttributes":{"cause":"CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_RUNNING"}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetStartChildWorkflowExecutionFailedEventAttributes().GetCause()
			},
			value: enumspb.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS, why: "as above"},
		{name: "name within data",
			event: `"eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED","workflowExecutionSignaledEventAttributes":{"signalName":"TIMER_FIRED","input":{"payloads":[{"metadata":{"retryStatus":"anNvbi9wbGFpbg=="},"data":"MQ=="}]},"newer":1}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetWorkflowExecutionSignaledEventAttributes().GetInput().GetPayloads()[0].GetMetadata()["retryStatus"]
			}, value: []byte("json/plain"), why: "what belongs to the user is not touched"},

		{name: "cause of a failed attempt",
			event: `"eventType":"EVENT_TYPE_WORKFLOW_TASK_FAILED","workflowTaskFailedEventAttributes":{"cause":"WORKFLOW_TASK_FAILED_CAUSE_FROM_THE_FUTURE","identity":"x"}`,
			want:  func(e *historypb.HistoryEvent) any { return e.GetWorkflowTaskFailedEventAttributes().GetIdentity() },
			value: "x", why: "no replay reads it"},
		{name: "kind of a Task Queue",
			event: `"eventType":"EVENT_TYPE_WORKFLOW_TASK_SCHEDULED","workflowTaskScheduledEventAttributes":{"taskQueue":{"name":"q","kind":"TASK_QUEUE_KIND_FROM_THE_FUTURE"}}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetWorkflowTaskScheduledEventAttributes().GetTaskQueue().GetName()
			}, value: "q", why: "as above"},
		{name: "link", event: `"eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED","links":[{"workflowEvent":{"eventRef":{"eventId":"3","eventType":"EVENT_TYPE_FROM_THE_FUTURE"}}}],"workflowExecutionSignaledEventAttributes":{"signalName":"a"}`,
			want: func(e *historypb.HistoryEvent) any {
				return e.GetLinks()[0].GetWorkflowEvent().GetEventRef().GetEventId()
			}, value: int64(3), why: "it is about another execution"},
		{name: "how a timeout came",
			event:   `"eventType":"EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT","activityTaskTimedOutEventAttributes":{"failure":{"timeoutFailureInfo":{"timeoutType":"TIMEOUT_TYPE_FROM_THE_FUTURE"}}}`,
			refused: `event 5: activityTaskTimedOutEventAttributes.failure.timeoutFailureInfo.timeoutType has the unknown value "TIMEOUT_TYPE_FROM_THE_FUTURE"` + unknown, why: "the code gets it"},
		{name: "why a child did not start",
			event:   `"eventType":"EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED","startChildWorkflowExecutionFailedEventAttributes":{"cause":"OF_THE_FUTURE"}`,
			refused: `event 5: startChildWorkflowExecutionFailedEventAttributes.cause has the unknown value "OF_THE_FUTURE"` + unknown, why: "the code gets it"},
		{name: "event", event: `"eventType":"EVENT_TYPE_FROM_THE_FUTURE"`,
			refused: `event 5: event type "EVENT_TYPE_FROM_THE_FUTURE" is unknown` + unknown,
			why:     "nothing is known of it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			h := activityHistory(1)
			h.Events = h.Events[:4]
			text := string(showJSON(t, h))
			end := strings.LastIndex(text, "]")
			text = text[:end] + `, {"eventId":"5",` + tt.event + "}" + text[end:]
			r, err := history.Decode("x.json", []byte(text))
			if tt.refused != "" {
				require.EqualError(t, err, "recording x.json: "+tt.refused, tt.why)
				return
			}
			require.NoError(t, err, tt.why)
			if diff := cmp.Diff(tt.value, tt.want(r.History.Events[4])); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestEnumFields lists every enum of an event with what becomes of an unknown value: a new version
// of the API brings new ones, and somebody has to decide whether a replay reads them.
func TestEnumFields(t *testing.T) {
	t.Parallel()
	var lines []string
	failure := (&historypb.ActivityTaskFailedEventAttributes{}).ProtoReflect().Descriptor().Fields().ByName("failure").Message().FullName()
	payload := (&commonpb.Payload{}).ProtoReflect().Descriptor().FullName()
	var walk func(protoreflect.MessageDescriptor, []string)
	walk = func(md protoreflect.MessageDescriptor, place []string) {
		for i := range md.Fields().Len() {
			fd := md.Fields().Get(i)
			place := append(place[:len(place):len(place)], fd.JSONName())
			switch {
			case fd.Enum() != nil:
				what := "refused"
				if history.IsUnread(place) {
					what = "dropped"
				}
				lines = append(lines, fmt.Sprintf("%s %s", what, strings.Join(place, ".")))
			case fd.IsMap() || fd.Message() == nil || fd.Message().FullName() == payload ||
				strings.HasPrefix(string(fd.Message().FullName()), "google."):
			case fd.Name() == "cause" && fd.Message().FullName() == failure: // a failure again
			default:
				walk(fd.Message(), place)
			}
		}
	}
	walk((&historypb.HistoryEvent{}).ProtoReflect().Descriptor(), nil)
	golden, err := os.ReadFile("testdata/enums.golden")
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(golden)), "\n"), lines); diff != "" {
		t.Errorf("decide of each field whether a replay reads it, and write it into testdata/enums.golden (-want "+
			"+got):\n%s", diff)
	}
}
