package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/source"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const (
	ifOld = "if v == workflow.DefaultVersion {"
	ifNew = "if v != workflow.DefaultVersion {"
)

// orderCode is the code for calls that come in another order, or in another Workflow Task.
func orderCode(r replay.Result, before, after string) string {
	p := *r.Explanation.Parted
	switch other := p.Elsewhere; {
	case p.Kind == cause.CallsSwapped && other != nil:
		between := "\n\t"
		if other.Event.GetEventId() > p.Event.GetEventId()+1 {
			between += "// what stands between them\n\t"
		}
		last, lastNow := inContext(eventCode(*other), contextOf(r, p.Call)), inContext(callCode(*other), contextOf(r, other.Call))
		if d := p.Difference; d != nil && p.Event.GetEventId() == d.Event {
			// The names may be the same: then only the values tell the two calls apart.
			before, after = commented(before, valueComment(*d, d.Recorded)), commented(after, valueComment(*d, d.Now))
			last, lastNow = commented(last, "the other call"), commented(lastNow, "the other call")
		} else if callCode(p) == callCode(*other) {
			before, after = commented(before, "the call that was first"), commented(after, "the call that is first now")
			last, lastNow = commented(last, "the other call"), commented(lastNow, "the other call")
		}
		return versioned(changeID("swap", p), ifOld, before+between+last, after+between+lastNow)
	case p.Kind == cause.CallsReordered:
		return versioned(changeID("reorder", p), ifOld, "// the calls in the order of the history",
			"// the calls in the order of the new code")
	case p.Kind == cause.CallsMadeSequential:
		return versioned(changeID("wait-before", p), ifNew, "// the wait of the new code that now stands before the call below", "") +
			"\n" + before
	case p.Kind == cause.CallsMadeParallel:
		return versioned(changeID("start-early", p), ifOld, "// wait here, as the code did that recorded this, before the call below", "") +
			"\n" + after
	case p.Event != nil:
		return versioned(changeID("move", p), ifOld, before, "") +
			fmt.Sprintf("\n// and%s:\n%s\n\t// the same call\n}", lineOf(other), ifNew)
	default:
		return versioned(changeID("move", p), ifNew, after, "") +
			fmt.Sprintf("\n// and where it was before%s:\n%s\n\t// the same call\n}", madeThen(other), ifOld)
	}
}

// timingCode is the code for what comes sooner or later than in the history, and makes no call.
func timingCode(p replay.Parted, after string) string {
	switch p.Kind {
	case cause.CancellationAdded:
		return versioned(changeID("cancel", p), ifNew, "cancel()", "")
	case cause.CancellationRemoved:
		return versioned(changeID("remove-cancel", p), ifOld, fmt.Sprintf("cancel() // event %d", p.Event.GetEventId()), "")
	case cause.UpdateAnsweredAtOnce:
		return versioned(changeID("answer", p), ifOld, "// what the handler did before it returned", "")
	default:
		if after == "" {
			return versioned("answer-later", ifNew, "// what the handler does now before it returns", "")
		}
		return versioned(changeID("add", p), ifNew, after, "")
	}
}

// madeThen says how the place of then is found.
func madeThen(r *replay.Parted) string {
	if r == nil || r.Event == nil {
		return ", which has to be found"
	}
	return fmt.Sprintf(", which has to be found: it made event %d there", r.Event.GetEventId())
}

// lineOf says at which line the call is made now, as far as that is known.
func lineOf(r *replay.Parted) string {
	if r == nil || r.Now == nil || r.Now.Source == "" {
		return " where it is now, which has to be found"
	}
	return " at " + r.Now.Source
}

// sameCall is the call that the code makes now, there or elsewhere, for what the history has.
func sameCall(p replay.Parted) *compare.Call {
	switch p.Kind {
	case cause.CallsSwapped, cause.CallMovedInTask, cause.CallMoved, cause.CallsMadeSequential:
		if p.Elsewhere == nil {
			return nil
		}
		return p.Elsewhere.Call
	}
	return p.Call
}

// contextOf is the name of the context of the call, "" if the place of the sketch has not got it.
func contextOf(r replay.Result, c *compare.Call) string {
	if c == nil || len(r.Place.Callers) > 1 {
		return ""
	}
	return source.ContextOf(called(c), source.Line{File: r.Place.File, Number: r.Place.Line})
}

// inContext gives a call of package workflow the context that is called so.
func inContext(code, name string) string {
	if name == "" {
		return code
	}
	return strings.Replace(code, "(ctx, ", "("+name+", ", 1)
}
