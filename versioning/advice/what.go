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
		return sentence(fmt.Sprintf("for change ID %q %s", c.Range.ChangeID, outside(c)))
	case cause.OptionsChanged, cause.ValuesChanged:
		return values(r)
	case cause.CodePanics, cause.CodeDeadlocks:
		return sentence(Line(r))
	}
	text := fault(r)
	if c.Parting == nil || c.Parting.Afterwards != nil || c.Kind == cause.ValueUnreadable || r.Explanation == nil {
		return sentence(text)
	}
	if places := placesOf(r); places != "" {
		text += " (" + places + ")"
	}
	return sentence(text)
}

// placesOf says where that is: the event, the Workflow Task, the line.
func placesOf(r replay.Result) string {
	var places []string
	if p := r.Cause.Parting; p.Recorded != nil {
		places = append(places, fmt.Sprintf("event %d", p.Recorded.Event))
	}
	if task := r.Cause.Parting.Task; task > 0 {
		places = append(places, fmt.Sprintf("Workflow Task of event %d", task))
	}
	near, callers, isNear := r.Place.Source, r.Place.Callers, r.Place.Near
	if pin := r.Cause.Pin; pin != nil {
		near, callers, isNear = pin.Source, pin.Callers, pin.Near
	}
	if near != "" {
		if isNear {
			near = "near " + near
		}
		if len(callers) > 0 {
			near += ", called from " + strings.Join(callers, " and ")
		}
		places = append(places, near)
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
		parts[i] = d.String()
	}
	text := fmt.Sprintf("At event %d the code does otherwise than the history: %s", first.Event,
		strings.Join(parts, "; "))
	switch more := len(r.Differences) - len(shown); {
	case more == 1:
		text += "; and 1 more difference"
	case more > 1:
		text += fmt.Sprintf("; and %d more differences", more)
	}
	return text + "."
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
