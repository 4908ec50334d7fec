package told

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// fateWords are what one execution does, and what several do.
var fateWords = map[finding.Fate][2]string{
	finding.Completes:          {"completes silently", "complete silently"},
	finding.Closes:             {"closes silently", "close silently"},
	finding.Fails:              {"fails for good", "fail for good"},
	finding.Waits:              {"waits where it went on", "wait where they went on"},
	finding.LeavesUnread:       {"leaves a signal unread", "leave a signal unread"},
	finding.GetsError:          {"gets an error where a value was", "get an error where a value was"},
	finding.GetsZero:           {"goes on with a zero value", "go on with a zero value"},
	finding.GetsStuck:          {"gets stuck", "get stuck"},
	finding.StuckUnlessClosing: {"gets stuck or closes silently", "get stuck or close silently"},
	finding.StuckByChance:      {"gets stuck by chance", "get stuck by chance"},
	finding.DoesOtherwise:      {"does something else", "do something else"},
	finding.StaysSame:          {"goes on as recorded", "go on as recorded"},
}

// FateSays is the fate as words after "it".
func FateSays(f finding.Fate) string { return fateWords[f][0] }

// does says what becomes of that number of open executions: "get stuck".
func does(f finding.Fate, n int) string { return fateWords[f][min(n, 2)-1] }

// wouldDo says what would have become of closed executions: "would get stuck". They meet no code any more, and
// stand for open ones.
func wouldDo(f finding.Fate, n int) string {
	if f == finding.StaysSame {
		return "would close as recorded"
	}
	text := "would " + fateWords[f][1]
	if n == 1 {
		text = strings.Replace(text, "they", "it", 1)
	}
	return text
}

// fatesText says what becomes of executions: "1 completes silently, 2 get stuck". It is empty if nothing is known.
func fatesText(list []finding.FateCount, words func(finding.Fate, int) string) string {
	var texts []string
	for _, c := range list {
		texts = append(texts, prose.Thousands(c.Count)+" "+words(c.Fate, c.Count))
	}
	return strings.Join(texts, ", ")
}

// toll says of how many executions what becomes of them: "12 open executions get stuck", or "3 open executions: 1
// completes silently, 2 get stuck".
func toll(who string, n int, list []finding.FateCount, words func(finding.Fate, int) string) string {
	switch {
	case len(list) == 1 && list[0].Count == n:
		return who + " " + words(list[0].Fate, n)
	case len(list) > 0:
		return who + ": " + fatesText(list, words)
	default:
		return who
	}
}
