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
	finding.StuckUnlessClosing: {"gets stuck unless it closes", "get stuck unless they close"},
	finding.StuckByChance:      {"gets stuck by chance", "get stuck by chance"},
	finding.DoesOtherwise:      {"does something else", "do something else"},
	finding.StaysSame:          {"closes unchecked, as recorded", "close unchecked, as recorded"},
}

// FateSays is the fate as words after "it".
func FateSays(f finding.Fate) string { return fateWords[f][0] }

// FatesText says what becomes of executions: "1 completes silently, 2 get stuck". It is empty if nothing is known.
func FatesText(list []finding.FateCount) string {
	var texts []string
	for _, c := range list {
		texts = append(texts, prose.Thousands(c.Count)+" "+fateWords[c.Fate][min(c.Count, 2)-1])
	}
	return strings.Join(texts, ", ")
}
