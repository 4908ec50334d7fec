package replay

import (
	"context"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// renamed is what the code asks for in the place of a name that the code that ran the execution asks
// for. Both are asked for in one Workflow Task, at one place of the order in which names are asked for;
// that name alone is gone, and the other one alone is new. Code that waits there for ever comes to none
// of the names that follow. It is nil if nothing tells that the name was renamed.
func renamed(name string, was, now []trace.Ask, known []string) *trace.Ask {
	i := slices.IndexFunc(was, func(a trace.Ask) bool { return a.Name == name })
	if i < 0 || i >= len(now) || now[i].Task != was[i].Task || slices.Contains(known, now[i].Name) {
		return nil
	}
	asks := func(list []trace.Ask, name string) bool {
		return slices.ContainsFunc(list, func(a trace.Ask) bool { return a.Name == name })
	}
	stays := len(now) == i+1
	for j, a := range was {
		if j != i && !asks(now, a.Name) && !(stays && j > i) {
			return nil // another one is gone too
		}
	}
	for j, a := range now {
		if j != i && !asks(was, a.Name) {
			return nil // another one is new too
		}
	}
	if asks(was, now[i].Name) || asks(now, name) {
		return nil
	}
	return &now[i]
}

// sent are the names of the signals, or of the updates, of the history.
func (c *cell) sent(update bool) (names []string) {
	for _, e := range c.recording.History.GetEvents() {
		if a := e.GetWorkflowExecutionSignaledEventAttributes(); a != nil && !update {
			names = append(names, a.GetSignalName())
		}
		if a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); a != nil && update {
			names = append(names, a.GetAcceptedRequest().GetInput().GetName())
		}
	}
	return names
}

// nameSignal says that the signal was renamed, where that is so, and which line asks for the other one.
func (c *cell) nameSignal(ctx context.Context, u *unseen, in *trace.Intake) {
	s, ref := u.Cause.Signal, c.reference(ctx)
	if u.Cause.Kind != cause.SignalUnread || s == nil || s.Asked || ref == nil {
		return
	}
	if ask := renamed(s.Name, ref.intake.Listens, in.Listens, c.sent(false)); ask != nil {
		u.Cause.Kind, s.Now = cause.SignalRenamed, ask.Name
		u.Place.at(ask.Line())
		u.Place.Callers = ask.Callers()
	}
}

// nameUpdate says that the update was renamed, where that is so.
func (c *cell) nameUpdate(ctx context.Context, u *unseen, in *trace.Intake) {
	up, ref := u.Cause.Update, c.reference(ctx)
	if up == nil || ref == nil {
		return
	}
	if ask := renamed(up.Name, ref.intake.Handles, in.Handles, c.sent(true)); ask != nil {
		u.Cause.Kind, up.Now = cause.UpdateRenamed, ask.Name
	}
}
