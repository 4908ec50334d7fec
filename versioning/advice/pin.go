package advice

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// pinned says what keeps the execution on its build, and what would be if it moved.
func pinned(r replay.Result) string {
	p := *r.Cause.Pin
	text := fmt.Sprintf("pinned to build %s by %s (event %d)", p.Build, p.By, p.Event)
	switch {
	case p.Closed:
		text += ", closed: queries and resets go there too; if a reset moved it here, "
	case p.Override:
		text += " until UpdateWorkflowExecutionOptions changes that; if it moved here, "
	default:
		text += fmt.Sprintf(", it never gets to %s unless UpdateWorkflowExecutionOptions moves it; if it moved here, ",
			p.To)
	}
	switch r.Moved {
	case replay.Safe:
		return text + "it would be safe"
	case replay.Unstarted:
		return text + "it would be begun here"
	case replay.Unjudged:
		return text + "nobody can tell: " + unjudged(r)
	default:
		return text + fmt.Sprintf("it would be %s at event %d", r.Moved, p.At)
	}
}
