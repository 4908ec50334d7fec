package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// Against returns r, judged with a reference. The reference is the Result of the code that ran the
// execution, such as the other revision of a comparison. If the reference took something that this
// code leaves, the Result is incompatible. If both leave the same thing, they are equal, and the
// note about it is removed. A reference that does not replay says nothing.
//
// Options.Stages do the same within a family, Workflow Task by Workflow Task. Two results show only
// the whole replay. They do not show the points at which executions wait.
func (r Result) Against(reference Result) Result {
	if reference.Verdict != Safe && reference.Verdict != Drift || r.Verdict != Safe && r.Verdict != Drift {
		return r
	}
	var missed []Note
	r.Notes = slices.DeleteFunc(slices.Clone(r.Notes), func(n Note) bool {
		if !n.Kind.Finding() && n.Kind != MissingArgument || n.Kind == Unrun {
			return false
		}
		if !slices.ContainsFunc(reference.Notes,
			func(other Note) bool { return other.Kind == n.Kind && other.Event == n.Event && other.Name == n.Name }) {
			missed = append(missed, n)
		}
		return true
	})
	if len(missed) == 0 {
		return r
	}
	first := missed[0]
	r.Verdict, r.Cause = Undecodable, first.cause()
	r.Place = Place{Event: first.Event, EventType: first.EventType, Source: first.Source}
	if first.Kind == Unread {
		r.Verdict = Nondeterministic
		r.Cause.Signal.Events = nil
		for _, n := range missed {
			if n.Kind == Unread && n.Name == first.Name {
				r.Cause.Signal.Events = append(r.Cause.Signal.Events, n.Event)
			}
		}
	}
	r.Answers = nil
	return r
}

// cause is that of a result which is incompatible for what the note says.
func (n Note) cause() cause.Cause {
	switch n.Kind {
	case Unread:
		signal := cause.UnreadSignal{Name: n.Name}
		if n.Signal != nil {
			signal = *n.Signal
		}
		signal.Taken = true
		return cause.Cause{Kind: cause.SignalUnread, Notice: cause.LeftUnnoticed, Signal: &signal}
	case MissingArgument:
		return cause.Cause{Kind: cause.ArgumentMissing, Notice: cause.ZeroInCode, Parameters: n.Parameters}
	default:
		return cause.Cause{Kind: cause.ValueUnreadable, Notice: noticeOfUnread(n.EventType), Value: n.Value}
	}
}
