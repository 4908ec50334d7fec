package advice

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const (
	olderCode   = "this code is older than the execution; do not roll back to it while such executions are open"
	unversioned = "no GetVersion decides it; branch with GetVersion"
	usualCauses = "a range over a map, time.Now, random numbers and UUIDs, Go's own goroutines, channels and " +
		"select, state of the process"
)

// cure is what to do, as the end of a line. It is empty where the line says it all.
func cure(r replay.Result) string {
	c := r.Cause
	back := c.CuringWay() == cause.ByRollback
	switch c.Kind {
	case cause.Unchanged, cause.NotBegun, cause.CodePanics, cause.Unclassified:
		return ""
	case cause.BranchRemoved, cause.VersionNotKnown:
		return keepBranch(c)
	case cause.TypeNotRegistered:
		switch {
		case back:
			return olderCode
		case c.Decided.Kind == cause.RanShadow:
			return "to register it again does not help: where this was recorded, another function took the type by its own name; " +
				"keep a Worker of that code for such executions, by Worker Versioning, until they have closed"
		}
		return keepRegistered(c)
	case cause.ValueUnreadable:
		return readable(*c.Value)
	case cause.ArgumentMissing:
		return "if the zero value is right for such executions, deploy; if not, let the code take it for the old way, or make a " +
			"new workflow type"
	case cause.SignalUnread:
		if back {
			return olderCode
		}
		return fmt.Sprintf("keep receiving %s where the code that ran does, while such executions are open", c.Signal.Name)
	case cause.UpdateUnhandled:
		if back {
			return olderCode
		}
		return fmt.Sprintf("put the handler of %s back as it was, and keep it while such executions are open", c.Update.Name)
	case cause.SignalRenamed:
		if back {
			return olderCode
		}
		return fmt.Sprintf("receive both %s and %s while such executions are open", c.Signal.Name, c.Signal.Now)
	case cause.UpdateRenamed:
		if back {
			return olderCode
		}
		return fmt.Sprintf("handle both %s and %s while such executions are open", c.Update.Name, c.Update.Now)
	case cause.StuckAhead, cause.ClosesAhead, cause.HangsAhead:
		return aheadCure(c)
	case cause.NotDeterministic:
		return "look for " + usualCauses
	case cause.NotCalled:
		return "an interceptor or a plugin of Options ends the workflow before it, or one that your Workers have " +
			"is missing"
	case cause.FlagUnknown:
		return "build with an SDK that knows the flag, such as the one that recorded it"
	case cause.CodeDeadlocks:
		return "wait with workflow.Channel, Await or Sleep, not with Go's own"
	}
	if c.Decided.Elsewhere() {
		return decided(c.Decided)
	}
	if r.Verdict == replay.Drift || r.Moved == replay.Drift {
		return driftCure(c)
	}
	return decided(c.Decided)
}

// keepBranch is about a version that the code does not take.
func keepBranch(c cause.Cause) string {
	switch {
	case c.Kind == cause.VersionNotKnown:
		return olderCode
	case c.Range.Marked:
		return "keep that branch while such executions are open"
	}
	switch c.CuringWay() {
	case cause.ByDeploy:
		return "keep the DefaultVersion branch while such executions are open"
	case cause.ByRollback:
		return olderCode
	default: // Both kinds of executions look the same.
		return "if it began before the call was there, keep the DefaultVersion branch; if after it was removed, " +
			"do not go back to this code"
	}
}

// decided says what decides where history and code part, and what to do about it.
func decided(d cause.Decision) string {
	switch d.Kind {
	case cause.OwnCode, cause.OwnCodeLast:
		return "the stage that recorded it does not replay it; " + ownCode(d)
	case cause.MarkerUnreadable, cause.ValueEncoded, cause.ReferenceParts, cause.HeaderUnread, cause.DrawnAnew:
		return elsewhere(d)
	case cause.OlderCode:
		return olderCode
	case cause.Shadowed:
		return "another function ran: it has the type's name, and a Worker looks for a function of that name before it looks " +
			"for the type; rename it, or set DisableRegistrationAliasing; the executions of this type that it has begun are stuck " +
			"after that: replay them too, and keep a Worker that still runs it, by Worker Versioning, until they have ended"
	case cause.RanShadow:
		return "another function than that of this code ran it: where it was recorded, a function with the type's name took " +
			"the type; keep a Worker of that code for such executions, pinned to it by Worker Versioning, until they have ended; " +
			"a reset to the first Workflow Task would run their activities again; no one code replays both kinds"
	case cause.IDRenamed:
		return fmt.Sprintf("history took %s of %q where the code asks for %q and gets DefaultVersion; if it is "+
			"the same change under a new name, ask for the old one too",
			version(d.Version), d.ChangeID, d.Instead)
	case cause.NotAsked:
		return fmt.Sprintf("history took %s of %q here, which the code had not asked for by then; it is not the "+
			"code that ran, or makes a new call before that one",
			version(d.Version), d.ChangeID)
	case cause.AskedEarlier:
		return fmt.Sprintf("the code asks for %q in an earlier Workflow Task than the one in which history took "+
			"%s of it, and so gets DefaultVersion; that call, or a call before it, was moved",
			d.ChangeID, version(d.Version))
	case cause.DefaultBranch:
		return fmt.Sprintf("%q has no marker, so the code took its DefaultVersion branch; unless that is what "+
			"ran, keep this code away from such executions", d.ChangeID)
	case cause.AskedElsewhere:
		return fmt.Sprintf("history took the version of %q at an earlier place, and the code has asked for it on "+
			"another line since; another change needs another change ID", d.ChangeID)
	case cause.PerhapsDefault:
		return unversioned + perhaps(d)
	default:
		return unversioned
	}
}

// perhaps is what a missing marker may have to do with it.
func perhaps(d cause.Decision) string {
	if d.Kind != cause.PerhapsDefault {
		return ""
	}
	return fmt.Sprintf(", unless the DefaultVersion branch of %q, which has no marker, is not what ran", d.ChangeID)
}

// driftCure is about a difference that the SDK does not see.
func driftCure(c cause.Cause) string {
	switch {
	case c.Parting != nil && c.Parting.Difference != nil && c.Parting.Difference.Open:
		return "either the code of then said it, and a change of it needs GetVersion, or that service had another " +
			"default: say in the code what it shall be, or allow it with a reason"
	case c.Decided.Kind == cause.OwnCode:
		return "the stage that recorded it does otherwise now; " + ownCode(c.Decided)
	case c.Decided.Kind == cause.Unversioned:
		return "no SDK notices; branch with GetVersion, or allow it with a reason"
	case c.Decided.Kind == cause.OwnCodeLast:
		return "no SDK noticed when the stage took the execution over; branch with GetVersion"
	default:
		return "no SDK notices; " + decided(c.Decided)
	}
}

// namespace is what to add where the unknown namespace may decide.
func namespace(n *cause.NamespaceHint) string {
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
