package advice

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// Live says in one line what live Workers do next: "stuck at 3 of 5 waiting points, completes with
// "pre-patch" at 1, as recorded at 1". It is empty if nothing was rehearsed.
func Live(e rehearse.Effects) string {
	if e.Failed != "" {
		return "not rehearsed: " + e.Failed
	}
	var texts []string
	points := map[string]int{}
	for _, one := range e.List {
		if one.MadeUp() {
			continue
		}
		text := brief(one)
		if points[text]++; points[text] == 1 {
			texts = append(texts, text)
		}
	}
	for i, text := range texts {
		switch {
		case i == 0 && e.Points == 1:
		case i == 0:
			texts[i] = fmt.Sprintf("%s at %d of %s", text, points[text], prose.Plural(e.Points, "waiting point"))
		default:
			texts[i] = fmt.Sprintf("%s at %d", text, points[text])
		}
	}
	if left := e.Points - e.Rehearsed; left > 0 && e.Rehearsed > 0 {
		texts = append(texts, fmt.Sprintf("%d not rehearsed", left))
	}
	for _, one := range e.List {
		text := brief(one)
		if one.MadeUp() && one.Kind != rehearse.AsRecorded && points[text] == 0 {
			texts = append(texts, text+" "+whenOf(one))
		}
	}
	return strings.Join(texts, ", ")
}

// brief is Effect, without what most effects have.
func brief(e rehearse.Effect) string {
	if e.Mismatch() {
		if e.Checked {
			return "stuck unless that task closes it"
		}
		return "stuck"
	}
	return Effect(e)
}

// Effect says what a live Worker does, without a subject: "stuck (NonDeterministicError)", "completes
// with 5".
func Effect(e rehearse.Effect) string {
	text := effect(e)
	if e.ByVersion {
		text += " in the branch of a new version"
	}
	return text
}

func effect(e rehearse.Effect) string {
	switch e.Kind {
	case rehearse.AsRecorded:
		return "as recorded"
	case rehearse.Stuck:
		text := "stuck (" + e.Cause
		if e.Refused {
			text += ", by the service"
		}
		if e.Checked {
			text += ", unless that task closes it"
		}
		return text + ")"
	case rehearse.Closes:
		if e.Ending == "" {
			return "goes on where it closed"
		}
		return closes(e)
	case rehearse.Otherwise:
		switch {
		case e.Ending != "":
			return closes(e)
		case e.Recorded == "":
			return "makes " + e.Now
		case e.Now == "":
			return "does not make " + e.Recorded
		default:
			return fmt.Sprintf("makes %s where %s was", shortened(e.Now, longestEffect),
				shortened(e.Recorded, longestEffect))
		}
	case rehearse.Hangs:
		return "waits for ever"
	case rehearse.Unknown:
		return "unknown: " + e.Why
	default:
		return "goes on"
	}
}

const longestEffect = 80

func closes(e rehearse.Effect) string {
	return endingOf(&cause.Ahead{Ending: e.Ending, Result: shortened(e.Result, longestEffect), Text: e.Message})
}

// Next says in sentences what a live Worker does at each waiting point, for who wants to know all of
// them. Points of which the same is to be said share a paragraph.
func Next(e rehearse.Effects) (paragraphs []string) {
	var says []string
	points := map[string][]int64{}
	for _, one := range e.List {
		text := next(one)
		if points[text] == nil {
			says = append(says, text)
		}
		points[text] = append(points[text], one.Point)
	}
	for _, text := range says {
		paragraphs = append(paragraphs, afterEvents(points[text])+text)
	}
	return paragraphs
}

// afterEvents names waiting points, not all of very many.
func afterEvents(points []int64) string {
	const most = 8
	var ids []string
	for _, id := range points[:min(len(points), most)] {
		ids = append(ids, strconv.FormatInt(id, 10))
	}
	switch text := strings.Join(ids, ", "); {
	case points[0] == 0:
		return "Before it begins"
	case len(points) == 1:
		return "After event " + text
	case len(points) <= most:
		return "After events " + text
	default:
		return fmt.Sprintf("After events %s and %d more", text, len(points)-most)
	}
}

// next goes on behind the points.
func next(e rehearse.Effect) string {
	does := Effect(e)
	if e.MadeUp() && e.Kind == rehearse.AsRecorded {
		does = "what the code that ran the execution does"
	}
	does += madeAt(e.Code)
	text := ": " + strings.TrimRight(does, ".") + "."
	if e.Kind != rehearse.AsRecorded || e.Task == 0 {
		text = ", " + whenOf(e) + text
	}
	if e.Message != "" && e.Kind == rehearse.Stuck {
		text += " " + sentence(beginning(e.Message))
	}
	if e.Roll != nil {
		text += " " + sentence(rolled(*e.Roll))
	}
	if waits := waiting(e.WaitsFor); waits != "" {
		text += " Then it waits for " + waits + "."
	}
	return text
}

// whenOf says what brings the task, and what has come before it.
func whenOf(e rehearse.Effect) string {
	var after []string
	for _, news := range e.After {
		after = append(after, news.String())
	}
	return when(e.News.String(), e.Task, after...)
}

// madeAt names the line of code that makes an effect.
func madeAt(c *rehearse.Code) string {
	if c == nil {
		return ""
	}
	text := ", at " + c.Source
	if c.Near {
		text = ", near " + c.Source
	}
	if len(c.Callers) > 0 {
		text += ", called from " + strings.Join(c.Callers, " and ")
	}
	return text
}

// beginning is that of what the Worker says: the rest repeats events and commands in full.
func beginning(message string) string {
	const longest = 130
	if runes := []rune(message); len(runes) > longest {
		return strings.TrimSpace(string(runes[:longest])) + "…"
	}
	return message
}

// rolled says what a Worker of the other stage makes of the task.
func rolled(r rehearse.Roll) string {
	switch {
	case r.Stuck:
		return fmt.Sprintf("a Worker of %s gets stuck on it after that (%s)", r.Stage, r.Cause)
	case r.Ending != "":
		return fmt.Sprintf("a Worker of %s closes it after that (%s)", r.Stage, r.Ending)
	}
	return fmt.Sprintf("a Worker of %s takes it back", r.Stage)
}

// waiting names what an execution waits for.
func waiting(w rehearse.WaitsFor) string {
	var parts []string
	for _, list := range []struct {
		one   string
		names []string
	}{{"the result of", w.Results}, {"timer", w.Timers}, {"signal", w.Signals}, {"update", w.Updates}} {
		for _, name := range list.names {
			parts = append(parts, strings.TrimSpace(list.one+" "+name))
		}
	}
	return strings.Join(parts, ", ")
}
