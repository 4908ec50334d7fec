package rehearse

import (
	"cmp"
	"slices"

	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	"google.golang.org/protobuf/types/known/anypb"
)

// requests are those of updates, which come with tasks: the service sends them, and has no event of
// them until a Worker accepts them. What follows the task tells them.
type requests struct {
	// accepted are the events of those that are still to come, in the order in which they come.
	accepted []*historypb.HistoryEvent
	// given are the updates that the Worker has got, or takes from an event.
	given map[string]bool
}

// requestsOf are those of the recording. Nothing is written into what is given.
func requestsOf(recorded []*historypb.HistoryEvent) *requests {
	r := &requests{given: map[string]bool{}}
	for _, e := range recorded {
		if a := e.GetWorkflowExecutionUpdateAdmittedEventAttributes(); a != nil {
			r.given[a.GetRequest().GetMeta().GetUpdateId()] = true // the SDK takes it from there
		}
		if e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil {
			r.accepted = append(r.accepted, e)
		}
	}
	slices.SortStableFunc(r.accepted, func(a, b *historypb.HistoryEvent) int {
		return cmp.Compare(sentAfter(a), sentAfter(b))
	})
	return r
}

// sentAfter is the ID of the event that the execution had when the request came.
func sentAfter(accepted *historypb.HistoryEvent) int64 {
	return accepted.GetWorkflowExecutionUpdateAcceptedEventAttributes().GetAcceptedRequestSequencingEventId()
}

// until takes the messages that come with the task that starts with the event of that ID. Tasks are
// asked for in their order.
func (r *requests) until(started int64) (messages []*protocolpb.Message) {
	n, _ := slices.BinarySearchFunc(r.accepted, started, func(e *historypb.HistoryEvent, started int64) int {
		return cmp.Compare(sentAfter(e), started)
	})
	came := slices.Clone(r.accepted[:n])
	r.accepted = r.accepted[n:]
	slices.SortFunc(came, func(a, b *historypb.HistoryEvent) int { return cmp.Compare(a.GetEventId(), b.GetEventId()) })
	for _, e := range came {
		a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes()
		if e.GetEventId() < started || r.given[a.GetProtocolInstanceId()] {
			continue // a task before this one brought it
		}
		r.given[a.GetProtocolInstanceId()] = true
		body, err := anypb.New(a.GetAcceptedRequest())
		if err != nil {
			continue
		}
		messages = append(messages, &protocolpb.Message{
			Id: a.GetAcceptedRequestMessageId(), ProtocolInstanceId: a.GetProtocolInstanceId(),
			SequencingId: &protocolpb.Message_EventId{EventId: a.GetAcceptedRequestSequencingEventId()},
			Body:         body,
		})
	}
	return messages
}
