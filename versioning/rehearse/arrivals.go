package rehearse

import (
	"slices"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

func timersByTime(timers map[string]*pending.Work) (ids []string) {
	for id := range timers {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		if by := firesAt(timers[a].Event).Compare(firesAt(timers[b].Event)); by != 0 {
			return by
		}
		return int(timers[a].Event.GetEventId() - timers[b].Event.GetEventId())
	})
	return ids
}

func firesAt(timer *historypb.HistoryEvent) time.Time {
	return timer.GetEventTime().AsTime().
		Add(timer.GetTimerStartedEventAttributes().GetStartToFireTimeout().AsDuration())
}

// fired is the event of a timer that fires, not before the last event.
func fired(timer, last *historypb.HistoryEvent) *historypb.HistoryEvent {
	at := firesAt(timer)
	if end := last.GetEventTime().AsTime(); at.Before(end) {
		at = end
	}
	return &historypb.HistoryEvent{
		EventTime: timestamppb.New(at), EventType: enumspb.EVENT_TYPE_TIMER_FIRED,
		Attributes: &historypb.HistoryEvent_TimerFiredEventAttributes{
			TimerFiredEventAttributes: &historypb.TimerFiredEventAttributes{
				TimerId:        timer.GetTimerStartedEventAttributes().GetTimerId(),
				StartedEventId: timer.GetEventId(),
			}},
	}
}

func signaled(name string, input *commonpb.Payloads) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{
		EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{
			WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{
				SignalName: name, Input: input,
			}},
	}
}

// asked is a task that brings an update. The service has no event of it until it is accepted.
func asked(name string, input *commonpb.Payloads, list []*historypb.HistoryEvent) *madeUp {
	id := "rehearsal of " + name
	body, err := anypb.New(&updatepb.Request{
		Meta:  &updatepb.Meta{UpdateId: id},
		Input: &updatepb.Input{Name: name, Args: input},
	})
	if err != nil {
		return &madeUp{News: News{UpdateCame, name}, events: list}
	}
	return &madeUp{News: News{UpdateCame, name}, events: list, messages: []*protocolpb.Message{{
		Id: id + "/request", ProtocolInstanceId: id, Body: body,
		SequencingId: &protocolpb.Message_EventId{EventId: int64(len(list)) - 1},
	}}}
}
