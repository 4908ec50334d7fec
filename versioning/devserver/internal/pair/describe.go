package pair

import (
	"fmt"
	"slices"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Describe says in a line what a command has made: what it is about, its ID and its values.
func Describe(e *historypb.HistoryEvent) string {
	said := []string{strings.TrimPrefix(e.GetEventType().String(), "EVENT_TYPE_")}
	add := func(texts ...string) { said = append(said, texts...) }
	switch a := e.GetAttributes().(type) {
	case *historypb.HistoryEvent_ActivityTaskScheduledEventAttributes:
		s := a.ActivityTaskScheduledEventAttributes
		add(s.GetActivityType().GetName(), s.GetActivityId(), values(s.GetInput()))
	case *historypb.HistoryEvent_ActivityTaskCancelRequestedEventAttributes:
		add(fmt.Sprint(a.ActivityTaskCancelRequestedEventAttributes.GetScheduledEventId()))
	case *historypb.HistoryEvent_TimerStartedEventAttributes:
		s := a.TimerStartedEventAttributes
		add(s.GetTimerId(), s.GetStartToFireTimeout().AsDuration().String())
	case *historypb.HistoryEvent_TimerCanceledEventAttributes:
		add(a.TimerCanceledEventAttributes.GetTimerId())
	case *historypb.HistoryEvent_MarkerRecordedEventAttributes:
		s := a.MarkerRecordedEventAttributes
		add(s.GetMarkerName())
		for _, key := range []string{"change-id", "version", "side-effect-id", "data"} {
			// The data of a local activity has when it ran.
			if s.GetMarkerName() != "LocalActivity" && s.GetDetails()[key] != nil {
				add(values(s.GetDetails()[key]))
			}
		}
	case *historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes:
		s := a.StartChildWorkflowExecutionInitiatedEventAttributes
		add(s.GetWorkflowType().GetName(), s.GetWorkflowId(), values(s.GetInput()))
	case *historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes:
		s := a.SignalExternalWorkflowExecutionInitiatedEventAttributes
		add(s.GetSignalName(), s.GetWorkflowExecution().GetWorkflowId(), values(s.GetInput()))
	case *historypb.HistoryEvent_UpsertWorkflowSearchAttributesEventAttributes:
		add(fields(a.UpsertWorkflowSearchAttributesEventAttributes.GetSearchAttributes().GetIndexedFields()))
	case *historypb.HistoryEvent_WorkflowPropertiesModifiedEventAttributes:
		add(fields(a.WorkflowPropertiesModifiedEventAttributes.GetUpsertedMemo().GetFields()))
	case *historypb.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes:
		s := a.WorkflowExecutionUpdateAcceptedEventAttributes.GetAcceptedRequest()
		add(s.GetInput().GetName(), s.GetMeta().GetUpdateId())
	case *historypb.HistoryEvent_WorkflowExecutionUpdateCompletedEventAttributes:
		s := a.WorkflowExecutionUpdateCompletedEventAttributes
		add(s.GetMeta().GetUpdateId(), values(s.GetOutcome().GetSuccess()), s.GetOutcome().GetFailure().GetMessage())
	default:
		add(resultOf(e))
	}
	return strings.TrimSpace(strings.Join(said, " "))
}

// DescribeAll describes the events that the commands of one Workflow Task have made.
func DescribeAll(all []*historypb.HistoryEvent) []string {
	said := make([]string, len(all))
	for i, e := range all {
		said[i] = Describe(e)
	}
	return said
}

func values(p *commonpb.Payloads) string {
	return strings.Join(converter.GetDefaultDataConverter().ToStrings(p), " ")
}

func fields(m map[string]*commonpb.Payload) string {
	var said []string
	for key, value := range m {
		said = append(said, key+"="+converter.GetDefaultDataConverter().ToString(value))
	}
	slices.Sort(said)
	return strings.Join(said, " ")
}

// madeBy reports whether a command or a message of the Workflow Task has made the event.
func madeBy(e *historypb.HistoryEvent, completed int64) bool {
	return events.TaskOf(e) == completed || e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil ||
		e.GetWorkflowExecutionUpdateCompletedEventAttributes() != nil
}
