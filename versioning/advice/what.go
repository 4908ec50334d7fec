package advice

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// what says in a sentence or two what has changed, with the places.
func what(r replay.Result) string {
	c := r.Cause
	switch c.Kind {
	case cause.Unchanged:
		if r.Explanation != nil && r.Explanation.Trace != nil && (r.Verdict == replay.Safe || r.Moved == replay.Safe) {
			return "The code does what the history says, at the level " + r.Explanation.Level.String() + "."
		}
		return ""
	case cause.NotDeterministic:
		return unstableWhat(r)
	case cause.BranchRemoved, cause.VersionNotKnown:
		text := fmt.Sprintf("for change ID %q %s", c.Range.ChangeID, outside(c))
		if places := placesOf(r); places != "" && r.Explanation != nil {
			text += " (" + places + ")"
		}
		return sentence(text)
	case cause.OptionsChanged, cause.ValuesChanged:
		return values(r)
	}
	text, tail := fault(r), consequence(c)
	if c.Kind == cause.CodePanics || c.Kind == cause.CodeDeadlocks {
		text = Line(r)
	}
	if places := placesOf(r); places != "" && r.Explanation != nil {
		text = strings.TrimSuffix(text, tail) + " (" + places + ")" + tail
	}
	return sentence(text)
}

// consequence is the end of fault that says what happens live. The places stand before it.
func consequence(c cause.Cause) string {
	switch c.Kind {
	case cause.ValueUnreadable:
		return unreadableEnd(c)
	case cause.ArgumentMissing:
		return missingLive
	case cause.SignalUnread, cause.SignalRenamed:
		return unreadLive(*c.Signal)
	case cause.EndsEarlier:
		if c.Parting.Afterwards != nil {
			return "; " + afterwards(*c.Parting.Afterwards)
		}
	}
	return ""
}

// failsLive reports whether consequence says that a Workflow Task fails. It is known of the replay only: live it
// may close the execution, unchecked.
func failsLive(c cause.Cause) bool {
	return c.Signal != nil && c.Signal.Rejected || c.Value != nil && c.Value.Rejected
}

// placesOf says where that is: the event, the Workflow Task, the line. It is the Place in each of its
// parts, so that all that is said of the cell is about one event and one line.
func placesOf(r replay.Result) string {
	var places []string
	c, event, near, callers, isNear := r.Cause, r.Place.Event, r.Place.Source, r.Place.Callers, r.Place.Near
	if pin := c.Pin; pin != nil {
		event, near, callers, isNear = pin.At, pin.Source, pin.Callers, pin.Near
	}
	task := int64(0)
	if c.Parting != nil && c.Parting.Afterwards == nil {
		task = c.Parting.Task // else it is told before
	}
	switch {
	case event == 0 || event == task || c.Signal != nil || c.Update != nil || c.Type != nil: // told before
	case c.Ahead != nil && c.Ahead.Task == 0:
		places = append(places, fmt.Sprintf("after event %d", event))
	default:
		places = append(places, fmt.Sprintf("event %d", event))
	}
	if task > 0 {
		places = append(places, fmt.Sprintf("Workflow Task of event %d", task))
	}
	if near != "" {
		places = append(places, strings.TrimPrefix(At(near, callers, isNear), "at "))
	}
	return strings.Join(places, ", ")
}

// values says what the first event has otherwise, and how much more there is.
func values(r replay.Result) string {
	const most = 3
	first := r.Cause.Parting.Difference
	shown := []compare.Difference{*first}
	if len(r.Differences) > 0 {
		shown = nil
		for _, d := range r.Differences {
			if d.Event == first.Event && len(shown) < most {
				shown = append(shown, d)
			}
		}
	}
	parts := make([]string, len(shown))
	for i, d := range shown {
		parts[i] = differing(d)
	}
	text := fmt.Sprintf("At event %d the code does otherwise than the history: %s", first.Event,
		strings.Join(parts, "; "))
	if isChildID(*first) {
		text = fmt.Sprintf("At event %d the code starts the same Child Workflow under another ID: %s", first.Event,
			strings.Join(parts, "; "))
		x := r.Explanation
		if len(shown) == 1 && (x == nil || x.First == nil || len(x.First.Differences) <= 1) {
			text += ". Whoever signals or looks for it by its ID has to follow; what else it is started with, as its " +
				"Parent Close Policy, is the same"
		}
	}
	switch more := len(r.Differences) - len(shown); {
	case more == 1:
		text += "; and 1 more difference"
	case more > 1:
		text += fmt.Sprintf("; and %d more differences", more)
	}
	if ends := r.Cause.Parting.Ends; ends != nil {
		text += ". Then " + endsOtherwise(*ends)
	}
	return text + "."
}

// isChildID reports whether a Child Workflow has another ID.
func isChildID(d compare.Difference) bool {
	return d.EventType == "StartChildWorkflowExecutionInitiated" && strings.HasSuffix(d.Path, ").workflowId")
}

// unstable says what is another one each time, without a value.
func unstable(u cause.Instability, places bool) string {
	at := strings.Join(u.Sources, ", ")
	switch {
	case u.Ends && (at == "" || !places):
		return "makes the same calls here and ends otherwise each time"
	case u.Ends:
		return "makes the same calls here and ends otherwise each time (" + at + ")"
	case u.Path != "":
		return "gives " + u.Path + " another value each time"
	case len(u.Sources) > 1 && places:
		return "makes other calls here each time (" + at + ")"
	default:
		return "makes other calls here each time"
	}
}

// unstableWhat shows what two of the replays did.
func unstableWhat(r replay.Result) string {
	u := *r.Cause.Unstable
	text := fmt.Sprintf("Replays of the same code differ (event %d, %s): on the same events it %s.",
		r.Place.Event, cmp.Or(strings.Join(u.Sources, ", "), "no line is known"), unstable(u, false))
	if r.Explanation == nil || r.Explanation.Apart == nil {
		return text
	}
	did := [2]string{}
	for i := range did {
		switch apart := r.Explanation.Apart; {
		case u.Path != "":
			did[i] = "has " + shortened(cmp.Or(apart.Values[i], "none"), longestInCode)
		case apart.Calls[i] != "":
			did[i] = "calls " + apart.Calls[i]
		default:
			did[i] = "makes no more calls"
		}
	}
	return text + " One replay " + did[0] + ", another one " + did[1] + "."
}
