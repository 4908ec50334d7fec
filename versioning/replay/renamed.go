package replay

import (
	"context"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// renamed is the one name that the code asks for and that neither the history nor the code that ran
// the execution knows, "" if there is none or several.
func renamed(asked, known []string) (now string) {
	for _, name := range asked {
		if slices.Contains(known, name) {
			continue
		}
		if now != "" {
			return ""
		}
		now = name
	}
	return now
}

// signalNames are the names of the signals of the history, and of those that the reference asks for.
func (c *cell) signalNames(ctx context.Context) (names []string) {
	for _, e := range c.recording.History.GetEvents() {
		if a := e.GetWorkflowExecutionSignaledEventAttributes(); a != nil {
			names = append(names, a.GetSignalName())
		}
	}
	if ref := c.reference(ctx); ref != nil {
		names = append(names, ref.intake.Asked()...)
	}
	return names
}

// updateNames are the names of the updates of the history, and of those that the reference handles.
func (c *cell) updateNames(ctx context.Context) (names []string) {
	for _, e := range c.recording.History.GetEvents() {
		if a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); a != nil {
			names = append(names, a.GetAcceptedRequest().GetInput().GetName())
		}
	}
	if ref := c.reference(ctx); ref != nil {
		names = append(names, ref.intake.Handlers...)
	}
	return names
}

// nameSignal says that the signal was renamed, where that is so.
func (c *cell) nameSignal(ctx context.Context, u *unseen) {
	if s := u.Cause.Signal; u.Cause.Kind == cause.SignalUnread && s != nil && !s.Asked {
		if s.Now = renamed(s.Listens, c.signalNames(ctx)); s.Now != "" {
			u.Cause.Kind = cause.SignalRenamed
		}
	}
}

// nameUpdate says that the update was renamed, where that is so.
func (c *cell) nameUpdate(ctx context.Context, u *unseen) {
	if up := u.Cause.Update; up != nil && c.reference(ctx) != nil {
		if up.Now = renamed(up.Handlers, c.updateNames(ctx)); up.Now != "" {
			u.Cause.Kind = cause.UpdateRenamed
		}
	}
}
