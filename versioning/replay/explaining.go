package replay

import (
	"fmt"
	"strings"
	"unicode"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// explainAccepted explains a replay that the SDK has accepted.
func (c *cell) explainAccepted(result *Result, t *compare.SideBySide, v versions, why *unseen) {
	tasks := explainedTasks(t, result.Differences, result.Verdict != Nondeterministic, false, 0)
	x := &Explanation{Tasks: tasks, Notice: NeverNoticed, Trace: t, Notes: notes(t)}
	result.Explanation = x
	if why != nil {
		x.explainUnseen(why, part(t, tasks))
		return
	}
	p := part(t, tasks)
	if result.Verdict == Safe || p == nil {
		x.What = "The code does what the history says, at the level " + c.opts.Level.String() + "."
		if result.Verdict != Safe {
			x.What = sentence(result.Detail)
		}
		return
	}
	x.First, x.Change, x.Source = p.row, p.change, p.source()
	x.What = p.what(result)
	if result.Verdict == Drift {
		x.Do = sentence(v.driftAdvice(result.Differences[0]))
	} else {
		x.Do = sentence(v.advice(events.ByID(v.events, result.Divergence.Event)))
	}
	if (!v.own || v.journey) && !v.rollback {
		x.Code = p.branch()
	}
}

// explainUnregistered explains a type that the stage does not know: no code ran.
func explainUnregistered(result *Result) {
	what, do, _ := strings.Cut(result.Detail, ": ")
	result.Explanation = &Explanation{
		Change: TypeNotRegistered, Notice: NoticedAtOnce, What: sentence(what), Do: sentence(do),
	}
}

// explainRejected explains a replay that the SDK has rejected.
func (c *cell) explainRejected(result Result, r reading, v versions, t *compare.SideBySide, tasks []ExplainedTask, p *parting) *Explanation {
	x := &Explanation{Tasks: tasks, Notice: noticeOf(r), Trace: t, Change: NotTold, Source: result.Divergence.Source}
	event := events.ByID(v.events, result.Divergence.Event)
	advice := v.advice(event)
	x.What, x.Do = sentence(result.Detail), ""
	if what, do, ok := strings.Cut(result.Detail, ": "); ok && strings.HasSuffix(result.Detail, do) && result.Verdict == Nondeterministic {
		x.What, x.Do = sentence(what), sentence(do)
	}
	if p != nil {
		x.First, x.Change, x.Source = p.row, p.change, p.source()
	}
	switch result.Verdict {
	case VersionRemoved, VersionUnknown:
		c.explainRange(x, result, r, v)
	case Panic:
		x.Change, x.First, x.Source = CodePanics, nil, result.Divergence.Source
		x.Do = "Mend the code, or find out what it needs that it does not have in a replay; such executions stay open until a Worker has code that does not fail."
	case Nondeterministic:
		if !v.run.reached {
			x.First, x.Source = nil, ""
			x.Do = "Give the replay the DataConverter of your Workers (Options.Replay.Replayer in Go, Command.Replayer for a command), or the function the parameters that it had."
			break
		}
		if p != nil {
			x.What = p.what(&result)
			x.Do = sentence(advice)
			if rest, ok := strings.CutPrefix(advice, unversioned); ok {
				x.Do = sentence("put the change behind this GetVersion call before you deploy it" + rest)
				x.Code = p.branch()
			} else if m, ok := v.notAsked(event); ok && !v.own && !v.rollback && !v.unreadable && !v.shadowed {
				x.Code = fmt.Sprintf("v := workflow.GetVersion(ctx, %q, workflow.DefaultVersion, %d)\n// and the branch that it decided, for as long as such executions are open", m.changeID, m.version)
			}
		}
	}
	return x
}

// notAsked returns the marker in the Workflow Task of the event whose change ID the
// code does not ask for.
func (v versions) notAsked(event *historypb.HistoryEvent) (marker, bool) {
	for _, m := range v.markers {
		if _, asked := v.asked[m.changeID]; !asked && v.taskOf(m.event) == v.taskOf(event) {
			return m, true
		}
	}
	return marker{}, false
}

// explainRange explains a GetVersion call that does not take what is recorded.
func (c *cell) explainRange(x *Explanation, result Result, r reading, v versions) {
	x.Change = BranchRemoved
	if result.Verdict == VersionUnknown {
		x.Change = VersionNotKnown
	}
	_, do, _ := strings.Cut(strings.TrimPrefix(result.Detail, "change ID "), ": ")
	what, do, _ := strings.Cut(do, ": ")
	x.What, x.Do = sentence(fmt.Sprintf("for change ID %q %s", r.clues["change"], what)), sentence(do)
	for i := range x.Tasks {
		for j := range x.Tasks[i].Rows {
			row := &x.Tasks[i].Rows[j]
			if row.Call == nil || !row.Call.OutOfRange() {
				continue
			}
			x.First, x.Source = row, row.Call.Source()
			if !v.rollback {
				x.Code = versionCode(row.Call, r.number("version"))
			}
		}
	}
}

// noticeOf says when a live Worker notices what the SDK's text is about: the
// layers are those of docs/live.md.
func noticeOf(r reading) Notice {
	switch r.kind {
	case missingCommand, extraCommand, differentCommand:
		return NoticedUnlessClosing
	case differentEnding:
		return NeverNoticed
	default:
		return NoticedAtOnce
	}
}

// notes lists what is worth knowing and no divergence.
func notes(t *compare.SideBySide) (list []string) {
	asked := map[string]bool{}
	for _, c := range t.Calls {
		asked[string(c.Kind)+" "+c.Name] = true
	}
	for _, e := range t.Unexplained {
		if e.GetMarkerRecordedEventAttributes().GetMarkerName() == "Version" && !asked[t.Key(e)] {
			_, changeID, _ := strings.Cut(t.Key(e), " ")
			list = append(list, fmt.Sprintf("The code does not call GetVersion %q any more; its marker is event %d. That is no divergence in Go, as long as the code takes the same branch; but what this code starts has no marker, so do not roll back to code that asks for it once there are such executions.",
				changeID, e.GetEventId()))
		}
	}
	return list
}

// sentence writes the first letter large and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	runes := []rune(s)
	runes[0] = unicode.ToUpper(runes[0])
	return strings.TrimRight(string(runes), ".") + "."
}
