package advice

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const (
	olderCode   = "this code is older than the execution; do not roll back to it while such executions are open"
	unversioned = "no GetVersion decides it; branch with GetVersion"
	usualCauses = "a range over a map, time.Now, random numbers and UUIDs, Go's own goroutines, channels and select, state of the process"
)

// cure is what to do, as the end of a line. It is empty where the line says it all.
func cure(r replay.Result) string {
	c := r.Cause
	back := c.Decided.Way == replay.ByRollback
	switch c.Kind {
	case replay.Unchanged, replay.NotBegun, replay.CodePanics, replay.Unclassified:
		return ""
	case replay.BranchRemoved, replay.VersionNotKnown:
		return keepBranch(c)
	case replay.TypeNotRegistered:
		if back {
			return olderCode
		}
		return "keep it registered while such executions are open"
	case replay.ValueUnreadable:
		return readable(*c.Value)
	case replay.ArgumentMissing:
		return "take new parameters in a struct of which the input is a part, or as a new workflow type"
	case replay.SignalUnread:
		if back {
			return olderCode
		}
		return fmt.Sprintf("keep receiving %s while such executions are open", c.Signal.Name)
	case replay.UpdateUnhandled:
		if back {
			return olderCode
		}
		return fmt.Sprintf("keep a handler for %s while such executions are open", c.Update.Name)
	case replay.NotDeterministic:
		return "look for " + usualCauses
	case replay.NotCalled:
		return "an interceptor or a plugin of Options ends the workflow before it, or one that your Workers have is missing"
	case replay.FlagUnknown:
		return "build with the SDK that recorded it, or a newer one"
	case replay.CodeDeadlocks:
		return "use workflow.Go, channels and Sleep, not Go's own"
	}
	if r.Verdict == replay.Drift || r.Moved == replay.Drift {
		return driftCure(c)
	}
	return decided(c.Decided)
}

// keepBranch is about a version that the code does not take.
func keepBranch(c replay.Cause) string {
	switch {
	case c.Kind == replay.VersionNotKnown:
		return olderCode
	case c.Range.Marked:
		return "keep that branch while such executions are open"
	}
	switch c.Decided.Way {
	case replay.ByDeploy:
		return "keep the DefaultVersion branch while such executions are open"
	case replay.ByRollback:
		return olderCode
	default: // Both kinds of executions look the same.
		return "if it began before the call was there, keep the DefaultVersion branch; if after it was removed, do not go back to this code"
	}
}

// decided says what decides where history and code part, and what to do about it.
func decided(d replay.Decision) string {
	switch d.Kind {
	case replay.OwnCode, replay.OwnCodeLast:
		return "the stage that recorded it does not replay it; its code is not deterministic, or changed without a new stage"
	case replay.MarkerUnreadable:
		return "history took a version that the data converter in Options does not read"
	case replay.OlderCode:
		return olderCode
	case replay.Shadowed:
		return "another function ran, which has the type's name and is registered under another type, and a worker looks that up first; rename it, or set DisableRegistrationAliasing"
	case replay.IDRenamed:
		return fmt.Sprintf("history took %s of %q where the code asks for %q and gets DefaultVersion; if it is the same change under a new name, ask for the old one too",
			version(d.Version), d.ChangeID, d.Instead)
	case replay.NotAsked:
		return fmt.Sprintf("history took %s of %q here, which the code had not asked for by then; it is not the code that ran, or makes a new call before that one",
			version(d.Version), d.ChangeID)
	case replay.AskedEarlier:
		return fmt.Sprintf("the code asks for %q in an earlier Workflow Task than the one in which history took %s of it, and so gets DefaultVersion; that call, or a call before it, was moved",
			d.ChangeID, version(d.Version))
	case replay.DefaultBranch:
		return fmt.Sprintf("%q has no marker, so the code took its DefaultVersion branch; unless that is what ran, keep this code away from such executions", d.ChangeID)
	case replay.AskedElsewhere:
		return fmt.Sprintf("history took the version of %q at an earlier place, and the code has asked for it on another line since; another change needs another change ID", d.ChangeID)
	case replay.PerhapsDefault:
		return unversioned + perhaps(d)
	default:
		return unversioned
	}
}

// perhaps is what a missing marker may have to do with it.
func perhaps(d replay.Decision) string {
	if d.Kind != replay.PerhapsDefault {
		return ""
	}
	return fmt.Sprintf(", unless the DefaultVersion branch of %q, which has no marker, is not what ran", d.ChangeID)
}

// driftCure is about a difference that the SDK does not see.
func driftCure(c replay.Cause) string {
	switch {
	case c.Parting.Difference != nil && c.Parting.Difference.Open:
		return "either the code of then said it, and a change of it needs GetVersion, or that service had another default: say in the code what it shall be, or allow it with a reason"
	case c.Decided.Kind == replay.OwnCode:
		return "the stage that recorded it does otherwise now; its code is not deterministic, or changed without a new stage"
	case c.Decided.Kind == replay.Unversioned:
		return "no SDK notices; branch with GetVersion, or allow it with a reason"
	case c.Decided.Kind == replay.OwnCodeLast:
		return "no SDK noticed when the stage took the execution over; branch with GetVersion"
	default:
		return "no SDK notices; " + decided(c.Decided)
	}
}

// namespace is what to add where the unknown namespace may decide.
func namespace(n *replay.NamespaceHint) string {
	switch {
	case n == nil:
		return ""
	case n.Shown:
		return "; ReplayNamespace is the replayer's, and " + nameIt
	default:
		return fmt.Sprintf("; the code may decide by its namespace (GetInfo at %s), and %s", n.Source, nameIt)
	}
}

// nameIt says what to do about a namespace that is not known.
const nameIt = "the recording does not say its namespace: set DefaultNamespace, or record or pull it again"
