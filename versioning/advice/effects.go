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
	return strings.Join(append(texts, madeUp(e.List, points)...), ", ")
}

// madeUp says of the tasks that are made up what no waiting point has, each thing once.
func madeUp(list []rehearse.Effect, points map[string]int) (texts []string) {
	made := map[string][]rehearse.Effect{}
	var order []string
	for _, one := range list {
		text := brief(one)
		if !one.MadeUp() || one.Kind == rehearse.AsRecorded || points[text] > 0 {
			continue
		}
		if made[text] == nil {
			order = append(order, text)
		}
		made[text] = append(made[text], one)
	}
	for _, text := range order {
		texts = append(texts, text+" "+whenever(made[text]))
	}
	return texts
}

// brief is Effect, without what most effects have.
func brief(e rehearse.Effect) string {
	if e.Mismatch() {
		if unlessClosing(e) {
			return "stuck unless it closes in that Workflow Task"
		}
		return "stuck"
	}
	return Effect(e)
}

// unlessClosing reports whether the code may close the execution in the task, so that nothing is
// checked: what comes with the next task is not known. Of a task that brings something it is known.
func unlessClosing(e rehearse.Effect) bool { return e.Checked && e.News.Kind == rehearse.NoNews }

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
		if unlessClosing(e) {
			text += ", unless it closes in that Workflow Task"
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
		case e.Rejects != "" && e.Now == "":
			return rejects(e)
		case e.Recorded == "":
			return "makes " + e.Now
		case e.Now == "":
			return "does not make " + e.Recorded
		default:
			path, was, is := theDifference(e.Recorded, e.Now)
			if was, is = apart(was, is, longestEffect); path != "" {
				return fmt.Sprintf("makes %s %s where it was %s", path, is, was)
			}
			return fmt.Sprintf("makes %s where %s was", is, was)
		}
	case rehearse.Hangs:
		if e.WaitsFor.Nothing() && len(e.WaitsFor.Signals)+len(e.WaitsFor.Updates) == 0 {
			return "waits for ever"
		}
		return "does nothing but wait for " + waiting(e.WaitsFor)
	case rehearse.Unknown:
		return "unknown: " + e.Why
	default:
		if e.Rejects != "" {
			return rejects(e)
		}
		return "goes on"
	}
}

func rejects(e rehearse.Effect) string { return fmt.Sprintf("rejects update %q", e.Rejects) }

const longestEffect = 80

func closes(e rehearse.Effect) string {
	return endingOf(&cause.Ahead{Ending: e.Ending, Result: shortened(e.Result, longestEffect), Text: e.Message})
}

// Next says in sentences what a live Worker does at each waiting point, for who wants to know all of
// them. Points of which the same is to be said share a paragraph.
func Next(e rehearse.Effects) (paragraphs []string) {
	var says []string
	points, messages := map[string][]int64{}, map[string]string{}
	for _, one := range e.List {
		text := next(one)
		if points[text] == nil {
			says = append(says, text)
		}
		points[text] = append(points[text], one.Point)
		if one.Message != "" && one.Kind == rehearse.Stuck {
			messages[text] = sentence(beginning(one.Message))
		}
	}
	last := ""
	for _, text := range says {
		paragraph := afterEvents(points[text]) + text
		if m := messages[text]; m != "" && m != last {
			paragraph, last = paragraph+" "+m, m
		}
		paragraphs = append(paragraphs, paragraph)
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
	switch waits := waiting(e.WaitsFor); {
	case waits != "" && e.Kind == rehearse.AsRecorded && e.Task != 0:
		text += " After the last recorded one, the next Workflow Task comes with " + waits + "."
	case waits != "" && e.Kind != rehearse.Hangs && e.Ending == "":
		text += " The next Workflow Task comes with " + waits + "."
	case waits == "" && e.Rejects != "" && e.Now == "" && e.Ending == "":
		text += " Then it waits for what cannot come: only a request to cancel, a termination or a timeout ends that."
	}
	if e.Roll != nil {
		text += " " + sentence(rolled(*e.Roll))
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
	return behind(c.Source, c.Callers, c.Near)
}

// beginning is that of what the Worker says: the rest repeats events and commands in full.
func beginning(message string) string {
	const longest = 130
	if runes := []rune(message); len(runes) > longest {
		return strings.TrimSpace(string(runes[:longest])) + "…"
	}
	return message
}
