package told

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// fateWords are what one execution does, and what several do.
var fateWords = map[finding.Fate][2]string{
	finding.Completes: {"completes silently", "complete silently"},
	finding.Fails:     {"fails", "fail"},
	finding.Closes:    {"closes silently", "close silently"},
	finding.Starves:   {"waits for ever", "wait for ever"},
	finding.Misled:    {"goes on with wrong data", "go on with wrong data"},
	finding.GetsStuck: {"gets stuck", "get stuck"},
	finding.GoesOn:    {"does something else", "do something else"},
	finding.StaysSame: {"closes unchecked, as recorded", "close unchecked, as recorded"},
}

// FatesText says what becomes of executions: "1 completes silently, 2 get stuck". It is empty if nothing does.
func FatesText(list []finding.FateCount) string {
	var texts []string
	for _, c := range list {
		words := fateWords[c.Fate][1]
		if c.Count == 1 {
			words = fateWords[c.Fate][0]
		}
		texts = append(texts, prose.Thousands(c.Count)+" "+words)
	}
	return strings.Join(texts, ", ")
}

// addFates sums the counts, and keeps the order of the worst.
func addFates(sum []finding.FateCount, more []finding.FateCount) []finding.FateCount {
	count := map[finding.Fate]int{}
	for _, c := range append(append([]finding.FateCount{}, sum...), more...) {
		count[c.Fate] += c.Count
	}
	var list []finding.FateCount
	for _, f := range finding.Fates() {
		if count[f] > 0 {
			list = append(list, finding.FateCount{Fate: f, Count: count[f]})
		}
	}
	return list
}

// OpenAndClosed counts executions by whether they were open: "1 open execution, 2 closed".
func OpenAndClosed(open, closed int) string {
	switch {
	case open == 0:
		return prose.Plural(closed, "closed execution")
	case closed == 0:
		return prose.Plural(open, "open execution")
	default:
		return prose.Plural(open, "open execution") + ", " + prose.Thousands(closed) + " closed"
	}
}
