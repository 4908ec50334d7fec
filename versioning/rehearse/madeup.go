package rehearse

import (
	"maps"
	"slices"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
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

// afterwards is the history up to a task that follows the last completed one, with what the
// recording has after that.
func (x *rehearsal) afterwards() (list []*historypb.HistoryEvent, news News) {
	recorded := x.recording.History.GetEvents()
	end := 0
	switch n := len(x.tasks); {
	case n > 0:
		end, news = x.tasks[n-1].End, News{Kind: NoNews}
	default:
		news = News{Kind: FirstTask}
	}
	for _, e := range recorded[end:] {
		if news.Kind == NoNews && !isTask(e) && e.GetEventType() != enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED {
			news = News{Kind: NewsRecorded}
		}
	}
	return inTask(recorded), news
}

// inTask are the events up to a WorkflowTaskStarted, which is made up unless it is there.
func inTask(list []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	list = slices.Clip(list)
	last := list[len(list)-1]
	if last.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
		return list
	}
	if last.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED {
		list = append(list, scheduled(list))
	}
	return append(list, startedAfter(list))
}

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

// Arguments are what signals and updates of a family have brought, by their names. None is ever
// invented.
type Arguments struct{ Signals, Updates map[string]Argument }

// An Argument is what a signal or an update has brought.
type Argument = *commonpb.Payloads

// Of returns the argument of the signal or update.
func (a Arguments) Of(news News) (Argument, bool) {
	of := a.Signals
	if news.Kind == UpdateCame {
		of = a.Updates
	}
	argument, ok := of[news.Name]
	return argument, ok
}

// Add takes the arguments that are not there yet.
func (a *Arguments) Add(other Arguments) {
	a.Signals, a.Updates = added(a.Signals, other.Signals), added(a.Updates, other.Updates)
}

func added(to, from map[string]Argument) map[string]Argument {
	if to == nil {
		to = map[string]Argument{}
	}
	for name, argument := range from {
		if _, ok := to[name]; !ok {
			to[name] = argument
		}
	}
	return to
}

// ArgumentsOf are those that the recording has: the last ones of each name.
func ArgumentsOf(recording *history.Recording) Arguments {
	a := Arguments{map[string]Argument{}, map[string]Argument{}}
	for _, e := range recording.History.GetEvents() {
		if signal := e.GetWorkflowExecutionSignaledEventAttributes(); signal != nil {
			a.Signals[signal.GetSignalName()] = signal.GetInput()
		}
		if input := events.Update(e).GetInput(); input != nil {
			a.Updates[input.GetName()] = input.GetArgs()
		}
	}
	return a
}

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

// scheduled is a WorkflowTaskScheduled after the events, at the time of the last one.
func scheduled(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	queue := list[0].GetWorkflowExecutionStartedEventAttributes().GetTaskQueue()
	return &historypb.HistoryEvent{
		EventId: int64(len(list)) + 1, EventTime: list[len(list)-1].GetEventTime(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
			WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{
				TaskQueue: queue, Attempt: 1,
			}},
	}
}

// startedAfter is a WorkflowTaskStarted after the events, the last of which has scheduled the task.
// What it tells of the history's size is what the last one before it has told.
func startedAfter(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	started := &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: int64(len(list))}
	for _, e := range slices.Backward(list) {
		if a := e.GetWorkflowTaskStartedEventAttributes(); a != nil {
			started.HistorySizeBytes, started.SuggestContinueAsNew =
				a.GetHistorySizeBytes(), a.GetSuggestContinueAsNew()
			break
		}
	}
	return &historypb.HistoryEvent{
		EventId: int64(len(list)) + 1, EventTime: list[len(list)-1].GetEventTime(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
			WorkflowTaskStartedEventAttributes: started,
		},
	}
}
