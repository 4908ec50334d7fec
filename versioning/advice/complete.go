package advice

import "github.com/replaymatrix/replaymatrix/versioning/replay"

// complete reports whether the cause has the parts that its kind says. One that was read
// from a file, or made by hand, need not.
func complete(c replay.Cause) bool {
	switch c.Kind {
	case replay.Unchanged, replay.NotBegun, replay.NotCalled:
		return true
	case replay.BranchRemoved, replay.VersionNotKnown:
		return c.Range != nil
	case replay.TypeNotRegistered:
		return c.Type != nil
	case replay.ValueUnreadable:
		return c.Value != nil && (c.Parting == nil || c.Parting.Now != nil)
	case replay.ArgumentMissing:
		return c.Parameters != nil
	case replay.SignalUnread:
		return c.Signal != nil
	case replay.UpdateUnhandled:
		return c.Update != nil
	case replay.NotDeterministic:
		return c.Unstable != nil
	case replay.CodePanics, replay.CodeDeadlocks, replay.FlagUnknown, replay.EventUnfit, replay.Unclassified:
		return c.Failure != nil
	}
	return c.Parting != nil && partingComplete(c.Kind, *c.Parting)
}

func partingComplete(kind replay.CauseKind, p replay.Parting) bool {
	switch kind {
	case replay.CallAdded:
		return p.Now != nil
	case replay.CallRemoved, replay.EventUnexplained, replay.EndsOtherwise:
		return p.Recorded != nil
	case replay.CallRenamed, replay.CallReplaced:
		return p.Recorded != nil && p.Now != nil
	case replay.CallsReordered, replay.CallMoved:
		return p.Elsewhere != nil && (p.Recorded != nil || p.Now != nil)
	case replay.OptionsChanged, replay.ValuesChanged:
		return p.Difference != nil
	case replay.EndsEarlier:
		return p.Now != nil
	}
	return false
}

// noteComplete is the same of a note.
func noteComplete(n replay.Note) bool {
	switch n.Kind {
	case replay.Unread:
		return n.Signal != nil
	case replay.Unreadable:
		return n.Value != nil
	case replay.MissingArgument:
		return n.Parameters != nil
	default:
		return true
	}
}
