package replay

import (
	"context"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// leftover is what the code leaves of what the history has for it.
type leftover struct {
	Note
	event *historypb.HistoryEvent
	// unreadable is what did not decode, nil for what is not taken at all.
	unreadable *trace.Unreadable
}

// leaves returns what the code leaves of what the history has for it, up to the task
// with the index last. What the code did not leave that ran the execution is certain to
// be missed; of the rest nobody knows, and it is told.
func (c *cell) leaves(ctx context.Context, in *trace.Intake, last int) (missed, told []leftover) {
	unread := slices.DeleteFunc(slices.Clone(in.Signals), func(s trace.Received) bool { return s.Taken != 0 })
	short := in.Parameters > in.Arguments
	if len(unread) == 0 && len(in.Unreadable) == 0 && !short {
		return nil, nil
	}
	ref, events := c.reference(ctx), c.recording.History.GetEvents()
	add := func(l leftover, missing bool) {
		switch {
		case missing:
			missed = append(missed, l)
		default:
			told = append(told, l)
		}
	}
	if short && (ref == nil || ref.intake.Parameters < in.Parameters) {
		add(leftover{Note: missingArgument(in, events[0]), event: events[0]}, ref != nil)
	}
	for _, u := range in.Unreadable {
		if ref == nil || !ref.couldNot(u) {
			add(leftover{unreadableNote(u, events), u.Event, &u}, ref != nil &&
				ref.intake.Read(u.Event.GetEventId(), u.Field, u.Item))
		}
	}
	for _, s := range unread {
		if taken := ref != nil && ref.took(s.Event.GetEventId(), c.tasks[last].Started); ref == nil || taken {
			add(leftover{Note: unreadNote(s, in, taken), event: s.Event}, taken)
		}
	}
	byEvent := func(a, b leftover) int { return int(a.Event - b.Event) }
	slices.SortStableFunc(missed, byEvent)
	slices.SortStableFunc(told, byEvent)
	return missed, told
}

// unreadNote is about a signal that came and that the code has not received.
func unreadNote(s trace.Received, in *trace.Intake, taken bool) Note {
	name := s.Event.GetWorkflowExecutionSignaledEventAttributes().GetSignalName()
	return Note{
		Kind: Unread, Event: s.Event.GetEventId(), EventType: s.Event.GetEventType().String(), Name: name,
		Signal: &cause.UnreadSignal{Name: name, Events: unreadEvents(in, name), Asked: s.Asked,
			Listens: append([]string(nil), in.Asked()...), Taken: taken},
	}
}

// unreadEvents are the IDs of the events with a signal of that name that is not taken.
func unreadEvents(in *trace.Intake, name string) (events []int64) {
	for _, s := range in.Signals {
		if s.Taken == 0 && s.Event.GetWorkflowExecutionSignaledEventAttributes().GetSignalName() == name {
			events = append(events, s.Event.GetEventId())
		}
	}
	return events
}

// leftResult makes the first of what the code leaves the result.
func leftResult(missed []leftover, v versions) *unseen {
	first := missed[0]
	if first.unreadable != nil {
		return undecodable(*first.unreadable, v)
	}
	result := &unseen{event: first.event}
	result.Verdict, result.Place = Nondeterministic, Place{Event: first.Event, EventType: first.EventType}
	if first.Kind == MissingArgument {
		result.asks, result.Verdict = "take more parameters", Undecodable
		result.Cause = cause.Cause{Kind: cause.ArgumentMissing, Notice: cause.ZeroInCode, Parameters: first.Parameters}
		return result
	}
	result.Cause = cause.Cause{Kind: cause.SignalUnread, Notice: cause.LeftUnnoticed, Signal: first.Signal,
		Decided: cause.Decision{Way: v.way()}}
	return result
}

// unhandledIn returns an update that was accepted in the task and has no handler.
func unhandledIn(in *trace.Intake, t task) (trace.Unhandled, bool) {
	for _, u := range in.Unhandled {
		if id := u.Event.GetEventId(); t.Completed < id && id <= int64(t.End) {
			return u, true
		}
	}
	return trace.Unhandled{}, false
}

// unhandled is the result of a code without a handler for an update that the history has
// accepted.
func unhandled(u trace.Unhandled, handlers []string, v versions) *unseen {
	result := &unseen{event: u.Event}
	result.Verdict, result.Place = Nondeterministic,
		Place{Event: u.Event.GetEventId(), EventType: u.Event.GetEventType().String()}
	result.Cause = cause.Cause{
		Kind: cause.UpdateUnhandled, Notice: cause.NoticedAtOnce, Decided: cause.Decision{Way: v.way()},
		Update: &cause.UnhandledUpdate{Name: u.Name, Event: u.Event.GetEventId(),
			Handlers: append([]string(nil), handlers...)},
	}
	return result
}
