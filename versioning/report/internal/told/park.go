package told

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ParkText says in a few words which waiting executions the stage can take, by the point of the
// recording where they wait. It is empty if there is nothing to add: every point has the verdict of
// the cell, or nobody waits.
func ParkText(r replay.Result) string { return parkText(r, happens) }

// untilClosed ends what holds of every waiting point, and not of the end of an execution.
const untilClosed = " until it is closed"

// safeWhereverItWaits reports whether all waiting points were replayed and are safe. The last point of an open
// execution is its end, which is not safe where its cell is not.
func safeWhereverItWaits(p replay.Park) bool {
	return len(p.Points) == p.Total &&
		!slices.ContainsFunc(p.Points, func(point replay.ParkPoint) bool { return point.Verdict != replay.Safe })
}

func parkText(r replay.Result, happens func(replay.Verdict) string) string {
	p := r.Park
	same := true
	for _, point := range p.Points {
		same = same && happens(point.Verdict) == happens(r.Verdict)
	}
	switch {
	case len(p.Points) < p.Total:
		return somePoints(p, happens)
	case same:
		return ""
	case safeWhereverItWaits(p):
		return happens(replay.Safe) + untilClosed
	}
	var spans []string
	for i, point := range p.Points[1:] {
		if happens(p.Points[i].Verdict) != happens(point.Verdict) {
			spans = append(spans, fmt.Sprintf("%s until event %d", happens(p.Points[i].Verdict), point.Task-1))
		}
	}
	last := happens(p.Points[len(p.Points)-1].Verdict)
	switch {
	case len(spans) == 0:
		return last + untilClosed
	case len(spans) > 1 || p.Points[0].Verdict != replay.Safe || last != happens(r.Verdict):
		spans = append(spans, last+" after that")
	}
	return strings.Join(spans, ", ")
}

// ParkSentence says the text of ParkText in sentences. It does not say "safe": what a live Worker does with such
// an execution next need not be.
func ParkSentence(r replay.Result) string {
	park := parkText(r, func(v replay.Verdict) string {
		if v == replay.Safe {
			return "no error"
		}
		return happens(v)
	})
	switch {
	case park == "":
		return ""
	case safeWhereverItWaits(r.Park):
		return "An execution that is still open replays without an error, wherever it waits. What is told here comes with a " +
			"later Workflow Task."
	}
	return "The replay of an execution that waits earlier: " + park + ". What it does next follows the new code."
}

// somePoints claims nothing of the points between those that were replayed.
func somePoints(p replay.Park, happens func(replay.Verdict) string) string {
	var parts []string
	for i, point := range p.Points {
		first := i == 0 || happens(p.Points[i-1].Verdict) != happens(point.Verdict)
		last := i == len(p.Points)-1 || happens(p.Points[i+1].Verdict) != happens(point.Verdict)
		if point.Verdict == replay.Safe && last || point.Verdict != replay.Safe && first {
			parts = append(parts, fmt.Sprintf("%s at event %d", happens(point.Verdict), point.Event))
		}
	}
	return fmt.Sprintf("%s (%d of %d points replayed)", strings.Join(parts, ", "), len(p.Points), p.Total)
}

// happens is what an execution does that gets the verdict.
func happens(v replay.Verdict) string {
	switch finding.AnswerOf(replay.Result{Verdict: v}) {
	case finding.Changes:
		return "drifts"
	case finding.Breaks:
		return "breaks"
	default:
		return string(v)
	}
}
