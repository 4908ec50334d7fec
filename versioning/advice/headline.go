package advice

import (
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Headline says in a few words what the verdict means for this result. It is what Verdict.Info says of
// all results with the verdict, unless that is not true of the cause: an execution that replays, and
// breaks in a Workflow Task to come, has no command that does not match its event.
func Headline(r replay.Result) string {
	doc, c := r.Verdict.Info().Doc, r.Cause
	if r.Verdict == replay.Undecodable && c.Kind == cause.ArgumentMissing {
		return "the code takes more than the input has, and gets zero values"
	}
	if r.Verdict != replay.Nondeterministic || !complete(c) {
		return doc
	}
	switch c.Kind {
	case cause.StuckAhead:
		if c.Ahead.Refused {
			return "it replays, and then the service refuses an answer"
		}
		return "it replays, and then a Workflow Task fails"
	case cause.ClosesAhead:
		switch {
		case c.Ahead.Ending == "":
			return "it replays, and then goes on where the execution closed"
		case c.Ahead.Recorded == "":
			return "it replays, and then closes the execution where it went on"
		}
		return "it replays, and then closes the execution otherwise"
	case cause.HangsAhead:
		return "it replays, and then does nothing where something was done"
	case cause.SignalUnread, cause.SignalRenamed:
		if !c.Signal.Rejected {
			return "the code leaves a signal that was received"
		}
	}
	return doc
}
