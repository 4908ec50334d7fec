package advice

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Note says in one line what the note is about.
func Note(n replay.Note) string {
	if !noteComplete(n) {
		return string(n.Kind)
	}
	switch n.Kind {
	case replay.Unread:
		return unread(*n.Signal)
	case replay.Unreadable:
		return undecoded(*n.Value) + "; " + unreadableLive(*n.Value) + ": " + readable(*n.Value)
	case replay.Unrun:
		return fmt.Sprintf("the code asks for local activity %s, of which the history has no marker: a live "+
			"Worker runs it in its next Workflow Task, and what comes after it was not compared", n.Name)
	case replay.MissingArgument:
		return missingArgument(*n.Parameters)
	case replay.ServiceDefault, replay.ZeroValue:
		return same(n)
	case replay.NamespaceUnknown:
		return "the code asks for workflow.GetInfo, which has the namespace, and " + nameIt
	case replay.VersionReplaced:
		return fmt.Sprintf("history took %s of %q, which the code does not ask for; it asks for %q there and gets "+
			"DefaultVersion: %s retired and %s added here, or renamed? If it was renamed, ask for the old one too",
			version(n.Version), n.Name, n.Instead, n.Name, n.Instead)
	case replay.Unanswered:
		return fmt.Sprintf("the code that ran the execution answers the query %s, and this code does not handle it",
			n.Name)
	case replay.Undelivered:
		return fmt.Sprintf("signal %s came after the last completed Workflow Task, so no replay brings it to the code",
			n.Name)
	default:
		return string(n.Kind)
	}
}

// same says what is written otherwise and means the same.
func same(n replay.Note) string {
	const longest = 80
	orNone := func(value string) string {
		if value == "" {
			return "none"
		}
		return shortened(value, longest)
	}
	text := fmt.Sprintf("%s: history has %s, which services have filled in; the code leaves it open", n.Name,
		orNone(n.Recorded))
	if n.Kind == replay.ZeroValue {
		text = fmt.Sprintf("%s: history has %s, code has %s: the same to whoever reads it", n.Name, orNone(n.Recorded),
			orNone(n.Now))
	}
	if n.Times > 1 {
		text += fmt.Sprintf(" (%d times)", n.Times)
	}
	return text
}

// retired is about a marker that no call asks for.
func retired(m replay.RetiredMarker) string {
	return fmt.Sprintf("The code does not call GetVersion %q any more; its marker is event %d. That is no "+
		"divergence in Go, as long as the code takes the same branch; but what this code starts has no marker, so "+
		"do not roll back to code that asks for it once there are such executions.",
		m.ChangeID, m.Event)
}
