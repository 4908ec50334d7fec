package advice

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// complete reports whether the cause has the parts that its kind says. One that was read
// from a file, or made by hand, need not.
func complete(c cause.Cause) bool {
	switch c.Kind {
	case cause.Unchanged, cause.NotBegun, cause.NotCalled:
		return true
	case cause.BranchRemoved, cause.VersionNotKnown:
		return c.Range != nil
	case cause.TypeNotRegistered:
		return c.Type != nil
	case cause.ValueUnreadable:
		return c.Value != nil && (c.Parting == nil || c.Parting.Now != nil)
	case cause.ArgumentMissing:
		return c.Parameters != nil
	case cause.SignalUnread, cause.SignalRenamed:
		return c.Signal != nil
	case cause.UpdateUnhandled, cause.UpdateRenamed:
		return c.Update != nil
	case cause.NotDeterministic:
		return c.Unstable != nil
	case cause.StuckAhead, cause.ClosesAhead, cause.HangsAhead:
		return c.Ahead != nil
	case cause.CodePanics, cause.CodeDeadlocks, cause.FlagUnknown, cause.EventUnfit, cause.Unclassified:
		return c.Failure != nil
	}
	return c.Parting != nil && partingComplete(c.Kind, *c.Parting)
}

func partingComplete(kind cause.Kind, p cause.Parting) bool {
	switch kind {
	case cause.CallAdded, cause.CancellationAdded:
		return p.Now != nil
	case cause.CallRemoved, cause.EventUnexplained, cause.EndsOtherwise, cause.CancellationRemoved,
		cause.UpdateAnsweredLater:
		return p.Recorded != nil
	case cause.CallRenamed, cause.CallReplaced, cause.CallRetyped, cause.UpdateAnsweredAtOnce:
		return p.Recorded != nil && p.Now != nil
	case cause.CallsSwapped, cause.CallsReordered:
		return p.Recorded != nil && p.Now != nil && p.Elsewhere != nil
	case cause.CallMovedInTask, cause.CallMoved, cause.CallsMadeSequential, cause.CallsMadeParallel:
		return p.Elsewhere != nil && (p.Recorded != nil || p.Now != nil)
	case cause.OptionsChanged, cause.ValuesChanged:
		return p.Difference != nil
	case cause.EndsEarlier:
		return p.Now != nil
	}
	return false
}

// partedComplete is the same of what an Explanation says of the place.
func partedComplete(p replay.Parted) bool {
	if p.Event != nil && p.Recorded == nil || p.Call != nil && p.Now == nil {
		return false
	}
	if p.Elsewhere != nil && !partedComplete(*p.Elsewhere) {
		return false
	}
	return p.Kind != cause.ValuesChanged && p.Kind != cause.OptionsChanged || p.Difference != nil
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
