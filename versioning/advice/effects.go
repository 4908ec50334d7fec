package advice

import (
	"fmt"
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
		if isMadeUp(one) {
			continue
		}
		text := Effect(one)
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
		if isMadeUp(one) && one.Kind != rehearse.AsRecorded {
			texts = append(texts, Effect(one)+" "+when(one.News.String()))
		}
	}
	return strings.Join(texts, ", ")
}

// isMadeUp reports whether no recording has the news.
func isMadeUp(e rehearse.Effect) bool {
	switch e.News.Kind {
	case rehearse.TimerFired, rehearse.CancelRequested, rehearse.SignalCame, rehearse.UpdateCame:
		return true
	}
	return false
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

// Next says in a sentence what a live Worker does at one waiting point, for whom wants each of them.
func Next(e rehearse.Effect) string {
	text := sentence(when(e.News.String()) + ": " + Effect(e))
	if e.Message != "" && e.Kind == rehearse.Stuck {
		text += " " + sentence(e.Message)
	}
	if waits := waiting(e.WaitsFor); waits != "" {
		text += " Then it waits for " + waits + "."
	}
	return text
}

// waiting names what an execution waits for.
func waiting(w rehearse.WaitsFor) string {
	var parts []string
	for _, list := range []struct {
		one   string
		names []string
	}{{"result of", w.Results}, {"timer", w.Timers}, {"signal", w.Signals}, {"update", w.Updates}} {
		for _, name := range list.names {
			parts = append(parts, strings.TrimSpace(list.one+" "+name))
		}
	}
	return strings.Join(parts, ", ")
}
