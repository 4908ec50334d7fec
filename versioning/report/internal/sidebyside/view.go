// Package sidebyside shows what an explained cell holds: the commands of the history beside the
// calls of the code, and the story that goes with them.
package sidebyside

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// A View is an explained cell, prepared for showing.
type View struct {
	report.Explained

	// All is whether a long history is shown in full.
	All bool
	// Brief is whether only the first divergence is shown, with the lines around it.
	Brief bool
	// rules has the rule of each difference that one allows, and allowedAt those
	// differences by event.
	rules     map[compare.Difference]compare.Allow
	allowedAt map[int64][]compare.Difference
}

// New returns the View of the cell. With all, the View shows everything. Without all, the View
// shows what differs and the lines around it.
func New(e report.Explained, all bool) *View {
	v := &View{Explained: e, All: all, rules: map[compare.Difference]compare.Allow{},
		allowedAt: map[int64][]compare.Difference{}}
	for _, a := range e.Cell.Allowed {
		v.rules[a.Difference] = a.Rule
		v.allowedAt[a.Event] = append(v.allowedAt[a.Event], a.Difference)
	}
	return v
}

// Rule is the rule that allows the difference, empty if there is no such rule.
func (v *View) Rule(d compare.Difference) compare.Allow { return v.rules[d] }

// Headline is what the verdict means for the cell, in a few words.
func (v *View) Headline() string { return advice.Headline(v.Cell.Result) }

// Place is where history and code part, in words.
func (v *View) Place() string {
	d := v.Cell.Place
	if first := v.first(); d.Event == 0 && first != nil && first.Event != nil {
		d.Event, d.EventType = first.Event.GetEventId(), first.Event.GetEventType().String()
	}
	if pin := v.Cell.Cause.Pin; pin != nil {
		d.Source, d.Callers, d.Near = pin.Source, pin.Callers, pin.Near
	}
	var parts []string
	if d.Event != 0 {
		parts = append(parts, prose.Plain(fmt.Sprintf("event %d %s", d.Event, d.EventType)))
	}
	if !d.Near {
		d.Callers = nil // What follows says them.
	}
	if d.Source != "" {
		parts = append(parts, "code "+prose.Plain(advice.At(d.Source, d.Callers, d.Near)))
	}
	return strings.TrimSpace(strings.Join(parts, ", "))
}

func (v *View) first() *compare.Entry {
	if v.Cell.Explanation == nil {
		return nil
	}
	return v.Cell.Explanation.First
}

// Meaning says whether Workers of the stage may get executions like this one.
func (v *View) Meaning() string {
	stage := prose.Plain(v.Cell.Stage)
	switch verdict := v.Cell.Verdict; {
	case verdict == replay.Safe && told.HasFindings(v.Cell):
		return fmt.Sprintf("Workers of %s replay executions such as this one, and the history alone cannot tell "+
			"whether the finding below breaks it.", stage)
	case verdict == replay.Safe:
		return fmt.Sprintf("Workers of %s can take executions such as this one.", stage)
	case verdict == replay.Drift:
		return fmt.Sprintf("Workers of %s take executions such as this one without an error, and do something "+
			"else than was recorded.", stage)
	case (verdict == replay.Nondeterministic || verdict == replay.Undecodable) && v.Cell.SDKErr == nil &&
		v.Cell.Effects.AsRecorded():
		return fmt.Sprintf("Here, Workers of %s do next what was recorded. Keep executions such as this one away from them "+
			"until you know that what changed does no harm.", stage)
	case verdict.Incompatible():
		return fmt.Sprintf("Keep Workers of %s away from executions such as this one while they are open.", stage)
	case verdict == replay.NotApplicable && v.Cell.Explanation != nil:
		return fmt.Sprintf("What follows is what Workers of %s would do if somebody moved it to them.", stage)
	case verdict == replay.Unstarted:
		return fmt.Sprintf("Workers of %s can begin this execution. That says nothing of one that has begun.", stage)
	case verdict == replay.Unjudged:
		return "This says nothing about the code, good or bad."
	}
	return ""
}
