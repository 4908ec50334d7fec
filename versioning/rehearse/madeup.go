package rehearse

import (
	"maps"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// A madeUp is a Workflow Task that no recording has, at the end of an open one, with signals that
// follow it as long as the code that ran the execution only waits for more.
type madeUp struct {
	News
	// events are the whole history up to its WorkflowTaskStarted.
	events   []*historypb.HistoryEvent
	messages []*protocolpb.Message
	// then are the signals that follow.
	then []following
	// expected is what the code that ran the execution does in each of the tasks, if that is known.
	expected [][]*historypb.HistoryEvent
	known    bool
}

// following is a signal that follows another one.
type following struct {
	name  string
	input *commonpb.Payloads
}

// mostFollowing bounds how many signals follow a made-up task.
const mostFollowing = 3

// madeUp are the tasks that can come at the end of an open recording, kinds before repetitions.
func (x *rehearsal) madeUp(arguments Arguments) (list []*madeUp) {
	base := x.recording.History.GetEvents()
	for len(base) > 0 && isTask(base[len(base)-1]) && base[len(base)-1].GetWorkflowTaskCompletedEventAttributes() == nil {
		base = base[:len(base)-1]
	}
	add := func(news News, e *historypb.HistoryEvent) {
		e.EventId = int64(len(base)) + 1
		if e.EventTime == nil {
			e.EventTime = base[len(base)-1].GetEventTime()
		}
		list = append(list, &madeUp{News: news, events: inTask(append(slices.Clip(base), e))})
	}
	timers := pending.At(base).Timers
	var rest []string
	for i, id := range timersByTime(timers) {
		if i > 0 {
			rest = append(rest, id)
			continue
		}
		add(News{TimerFired, id}, fired(timers[id].Event, base[len(base)-1]))
	}
	add(News{Kind: CancelRequested}, &historypb.HistoryEvent{
		EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionCancelRequestedEventAttributes{
			WorkflowExecutionCancelRequestedEventAttributes: &historypb.WorkflowExecutionCancelRequestedEventAttributes{},
		},
	})
	for _, name := range slices.Sorted(maps.Keys(arguments.Signals)) {
		add(News{SignalCame, name}, signaled(name, arguments.Signals[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(arguments.Updates)) {
		list = append(list, asked(name, arguments.Updates[name], inTask(base)))
	}
	for _, id := range rest {
		add(News{TimerFired, id}, fired(timers[id].Event, base[len(base)-1]))
	}
	return list
}
